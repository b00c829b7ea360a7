import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LogTail } from '../../src/run/logTail';
import { encodeFileHeader, LOG_MAGIC } from '../../src/trace/format';
import { inTurn, milliseconds, roundsWanted } from './measure';
import { report } from './report';

const READS_PER_ROUND = 20;

/** Following logs in which nothing happens, as those of the many processes of a build that have ended. */
class QuietLogs {
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'cviz-bench-'));
  private readonly tail = new LogTail(this.directory, 2);

  constructor(count: number) {
    for (let log = 0; log < count; log++) {
      const fd = openSync(path.join(this.directory, `${log}.log`), 'w');
      writeSync(fd, encodeFileHeader(LOG_MAGIC));
      closeSync(fd);
    }
    this.read();
  }

  /** One read of all logs, in ms. */
  measure(): number {
    const all = milliseconds(() => {
      for (let read = 0; read < READS_PER_ROUND; read++) this.read();
    });
    return all / READS_PER_ROUND;
  }

  dispose(): void {
    this.tail.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private read(): void {
    this.tail.read(() => undefined);
  }
}

const ten = new QuietLogs(10);
const thousand = new QuietLogs(1000);
const figures = inTurn(roundsWanted(20), {
  ten: () => ten.measure(),
  thousand: () => thousand.measure(),
});
ten.dispose();
thousand.dispose();
report('following 10 quiet logs', figures.ten, { unit: ' ms a pass', digits: 3 });
report('following 1000 quiet logs', figures.thousand, { unit: ' ms a pass', digits: 3 });
