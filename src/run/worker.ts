import { parentPort, workerData } from 'node:worker_threads';
import { assertUnreachable } from '../base/assertUnreachable';
import { startRun } from './run';
import type { FromRunWorker, RunWorkerData, ToRunWorker } from './workerMessages';

// Entry of the thread that observes a run, so that sampling and reading never hold up the extension host.
const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread.');

const post = (message: FromRunWorker): void => {
  port.postMessage(message);
};

const started = startRun(workerData as RunWorkerData);
if (!started.ok) {
  post({ type: 'failed', error: started.error });
  port.close();
} else {
  const run = started.value;
  run.onBytes((bytes) => {
    post({ type: 'bytes', ...bytes });
  });
  run.onEnded((end) => {
    post({ type: 'ended', ...end });
  });
  port.on('message', (message: ToRunWorker) => {
    switch (message.type) {
      case 'rootStarted':
        run.rootStarted(message.pid);
        return;
      case 'rootExited':
        run.rootExited(message.code, message.signal);
        return;
      case 'stopProgram':
        run.stopProgram();
        return;
      case 'dispose':
        run.dispose();
        post({ type: 'disposed' });
        port.close();
        return;
      default:
        assertUnreachable(message);
    }
  });
  post({ type: 'started', directory: run.directory, recordingPath: run.recordingPath });
}
