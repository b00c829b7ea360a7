// Starts workers and children in all the forms there are. Each says who it is, by a message where it can.
const { spawn, fork } = require('node:child_process');
const path = require('node:path');
const { Worker, SHARE_ENV, isMainThread, parentPort, workerData } = require('node:worker_threads');

const SAYING = `
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.postMessage(workerData);`;

function main() {
  const start = (name, file, options = {}) => {
    const worker = new Worker(file, { name, workerData: name, ...options });
    worker.on('message', (message) => console.log('worker says', message));
    worker.on('error', (error) => console.log('worker error', name, error.message));
    worker.on('exit', (code) => console.log('worker exit', name, code));
    return worker;
  };
  start('file', __filename);
  start('URL', require('node:url').pathToFileURL(__filename));
  start('source text', SAYING, { eval: true });
  const module =
    'import { parentPort, workerData } from "node:worker_threads"; parentPort.postMessage(workerData);';
  start('data URL', new URL(`data:text/javascript,${encodeURIComponent(module)}`));
  start('environment', __filename, { env: { OWN: 'yes' } });
  start('empty environment', __filename, { env: {} });
  start('shared environment', __filename, { env: SHARE_ENV });
  start('Node’s options', __filename, { execArgv: ['--no-warnings'] });
  start('no options of Node’s', __filename, { execArgv: [], env: { NODE_OPTIONS: '' } });
  start('arguments', __filename, { argv: ['one', 'two'] });
  start('input', __filename, { stdin: true }).stdin.end('some input');
  start('limits', __filename, { resourceLimits: { maxOldGenerationSizeMb: 64, stackSizeMb: 2 } });
  start('untracked', __filename, { trackUnmanagedFds: false });

  const tell = (name, child) => {
    child.stdout?.on('data', (text) => console.log(name, 'says', String(text).trim()));
    child.on('message', (message) => console.log(name, 'sends', message));
    child.on('error', (error) => console.log(name, 'error', error.code));
    child.on('exit', (code, signal) => console.log(name, 'exit', code, signal));
  };
  const quoted = (text) => `"${text}"`;
  tell('shell', spawn([process.execPath, __filename, 'shell'].map(quoted).join(' '), { shell: true }));
  const detached = spawn(process.execPath, [__filename, 'detached'], { detached: true, stdio: 'pipe' });
  // Unref'd, it could end unheard.
  const hearing = setInterval(() => {}, 1000);
  detached.on('exit', () => clearInterval(hearing));
  tell('detached', detached);
  detached.unref();
  const own = { ...process.env, NODE_OPTIONS: '--no-deprecation' };
  tell('own options', spawn(process.execPath, [__filename, 'own options'], { env: own }));
  tell('no environment', spawn(process.execPath, [__filename, 'no environment'], { env: {} }));
  tell('fork', fork(__filename, ['fork'], { execArgv: ['--no-warnings'], silent: true }));
  tell('sh', spawn('sh', ['-c', 'sleep 0.3; echo hello; exit 5']));
  for (const execPath of (process.env.OTHER_NODES ?? '').split(path.delimiter).filter(Boolean)) {
    tell(execPath, fork(__filename, [execPath], { execPath, silent: true }));
  }
}

function child(name) {
  const options = [process.execArgv, process.env.NODE_OPTIONS, Object.keys(process.env).length];
  console.log(JSON.stringify([name, ...options]));
  if (process.send !== undefined) process.send(name, () => process.disconnect());
}

function worker() {
  const { OWN, NODE_OPTIONS } = process.env;
  const { length } = Object.keys(process.env);
  if (workerData === 'input') process.stdin.on('data', (text) => parentPort.postMessage(String(text)));
  parentPort.postMessage([workerData, process.argv.slice(2), process.execArgv, OWN, NODE_OPTIONS, length]);
}

if (!isMainThread) worker();
else if (process.argv[2] === undefined) main();
else child(process.argv[2]);
