// Prints everything through which a program could notice that it is observed.
const cp = require('node:child_process');
const { inspect } = require('node:util');
const wt = require('node:worker_threads');
const { EventEmitter } = require('node:events');
const { Worker } = wt;

function describe(where) {
  const own = (object) => Reflect.ownKeys(object).map(String).join();
  console.log(where, {
    nodeOptions: process.env.NODE_OPTIONS,
    environment: Object.keys(process.env).sort().join(),
    execArgv: process.execArgv,
    argv: process.argv.slice(1).map((path) => path.split('/').pop()),
    preloaded: process._preload_modules,
    cache: Object.keys(require.cache).map((path) => path.split('/').pop()),
    mainChildren: require.main?.children.length,
    resources: process.getActiveResourcesInfo(),
    events: process.eventNames().map(String),
    listeners: ['exit', 'uncaughtException', 'warning', 'message'].map((name) => process.listenerCount(name)),
    workerClass: [inspect(Worker), Worker.name, Worker.length, own(Worker), own(Worker.prototype)],
    workerIs: [Worker.prototype.constructor === Worker, Object.getPrototypeOf(Worker) === EventEmitter],
    functions: ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync'].map((name) => [
      cp[name].name,
      cp[name].length,
      inspect(cp[name]),
    ]),
    childProcess: own(cp.ChildProcess.prototype),
    emit: [process.emit.name, process.emit.length, Object.hasOwn(process, 'emit')],
    processKeys: Object.keys(process).length,
    errorKeys: own(Error),
    threadId: wt.threadId,
    environmentData: wt.getEnvironmentData('anything'),
    noDeprecation: Object.hasOwn(process, 'noDeprecation'),
  });
}

if (wt.isMainThread && process.argv[2] === undefined) {
  describe('main');
  try {
    new Worker('not a path');
  } catch (error) {
    console.log(error.stack.split('\n').slice(0, 3), error.stack.split('\n').length);
  }
  try {
    cp.execSync('exit 3', { stdio: 'ignore' });
  } catch (error) {
    console.log(error.stack.replace(/pid: \d+/, ''));
  }
  class Mine extends Worker {
    constructor(...args) {
      super(...args);
      this.mine = new.target.name;
    }
  }
  const options = Object.freeze({ env: Object.freeze({ ONLY: '1' }) });
  const runs = [
    () => new Mine(__filename, { argv: ['worker'] }),
    () => new Worker(__filename, options),
    () => new Worker(__filename, { execArgv: [] }),
    () => new Worker(__filename, { env: process.env }),
    () => new Worker(__filename, { env: wt.SHARE_ENV }),
    () => new Worker(__filename, { env: wt.SHARE_ENV, execArgv: ['--no-warnings'] }),
    () => new Worker(__filename, { env: { NODE_OPTIONS: '--no-warnings' } }),
  ];
  const next = () => {
    const run = runs.shift();
    if (run === undefined) return children();
    const worker = run();
    console.log(
      worker instanceof Worker,
      worker.constructor.name,
      worker.mine,
      worker.listenerCount('exit'),
      worker.eventNames(),
    );
    worker.on('exit', (code) => {
      console.log('exit', code);
      next();
    });
  };
  const children = () => {
    const child = cp.fork(__filename, ['child'], { env: { A: 'b', NODE_OPTIONS: '--no-warnings' } });
    console.log(child.eventNames(), child.listenerCount('exit'), Object.keys(child).join());
    child.on('exit', (code, signal) => {
      console.log('child exit', code, signal);
      describe('main at the end');
      throw new Error('uncaught on purpose');
    });
  };
  next();
} else {
  describe(wt.isMainThread ? 'child' : 'worker');
}
