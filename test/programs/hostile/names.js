// Names and arguments that are hard to write down: of workers, channels, files, commands, variables.
const cp = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const wt = require('node:worker_threads');
const { say } = require('./exercise.js');

const strange = [
  '',
  '\n',
  'a\0b',
  '\u202e\ud800',
  '__proto__',
  'x'.repeat(1_000_000),
  '"\'`$(echo)\\ \t',
  '<b>&amp;',
];
const short = (text) => `${text.slice(0, 20)} ${text.length}`;

function attempt(what, action) {
  try {
    return action();
  } catch (error) {
    say(what, 'throws', error.name, short(error.message));
    return undefined;
  }
}
const ended = (emitter) =>
  new Promise((resolve) =>
    emitter.on('exit', (...how) => resolve(how)).on('error', (error) => resolve([error.code])),
  );

async function workers() {
  for (const name of [...strange, Symbol('s'), { toString: () => say('toString of a name') }]) {
    const worker = attempt(
      'name',
      () => new wt.Worker('require("node:worker_threads").parentPort.postMessage(1)', { eval: true, name }),
    );
    if (worker) say('worker', short(String(name.description ?? name)), await ended(worker));
  }
  for (const file of [
    ...strange.slice(0, 5),
    7,
    null,
    undefined,
    Symbol('s'),
    { toString: () => say('toString of a file') ?? 'x' },
    new URL('http://a/b'),
  ]) {
    attempt('file', () => new wt.Worker(file).on('error', (error) => say('file', error.code)));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  let reads = 0;
  const options = {
    get eval() {
      reads++;
      return true;
    },
    get env() {
      reads++;
      return { A: '1' };
    },
    get name() {
      reads++;
      return 'n';
    },
    get workerData() {
      reads++;
      return 1;
    },
    get execArgv() {
      reads++;
      return undefined;
    },
    get transferList() {
      reads++;
      return undefined;
    },
  };
  say('options', await ended(new wt.Worker('', options)), reads);
  attempt(
    'getter',
    () =>
      new wt.Worker('', {
        get eval() {
          throw new Error('the getter');
        },
      }),
  );
  attempt(
    'proxy',
    () =>
      new wt.Worker(
        '',
        new Proxy(
          { eval: true },
          {
            get() {
              throw new Error('the trap');
            },
          },
        ),
      ),
  );
}

function channels() {
  for (const name of [...strange, 5, { toString: () => 'object' }]) {
    const a = new BroadcastChannel(name);
    a.postMessage(1);
    say('channel', short(a.name));
    a.close();
  }
  attempt('channel', () => new BroadcastChannel(Symbol('s')));
  attempt('channel', () => new BroadcastChannel());
}

async function children() {
  for (const text of strange) {
    const child = attempt('argument', () =>
      cp.spawn('sh', ['-c', 'printf "%s" "$0" | wc -c', text.slice(0, 100_000)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    if (!child) continue;
    let out = '';
    child.stdout.on('data', (data) => (out += data));
    await new Promise((resolve) => child.on('close', resolve));
    say('argument', out.trim());
    const failed = attempt('command', () => cp.spawn(`/nonexistent/${text.slice(0, 2000)}`));
    if (failed) say('command', await ended(failed));
  }
  const env = {
    PATH: process.env.PATH,
    '': 'empty',
    'with space': '1',
    9: '2',
    'a\nb': '3\n4',
    __proto__own: '5',
    ['ü']: 'é',
    LONG: 'y'.repeat(50_000),
  };
  Object.defineProperty(env, '__proto__', { value: 'p', enumerable: true });
  const printed =
    'console.log(JSON.stringify(Object.entries(process.env).map(([key, value]) => [key, value.length]).sort()))';
  say('environment', cp.spawnSync(process.execPath, ['-e', printed], { env }).stdout.toString());
  say(
    'environment',
    cp
      .spawnSync(process.execPath, ['-e', printed], { env: { ...env, NODE_OPTIONS: '  --no-warnings  ' } })
      .stdout.toString(),
  );
  for (const bad of [{ A: 'a\0b' }, { A: Symbol('s') }])
    attempt('environment', () => cp.spawnSync('true', [], { env: bad }));
}

async function files() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cvtest names '));
  try {
    for (const name of [
      'a b.js',
      'quote"s\'.js',
      'ünï\u{1f600}.js',
      'new\nline.js',
      '%41#?.js',
      '$(x)`;.js',
      '-x.js',
      'back\\slash.js',
    ]) {
      const file = path.join(folder, name);
      fs.writeFileSync(
        file,
        'const wt = require("node:worker_threads"); if (wt.parentPort) wt.parentPort.postMessage(__filename); else process.send(__filename);',
      );
      const worker = new wt.Worker(file);
      worker.on('message', (text) => say('worker in', path.basename(text)));
      say(name, await ended(worker));
      const child = cp.fork(file);
      child.on('message', (text) => say('child in', path.basename(text)));
      say(name, await ended(child));
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

(async () => {
  await workers();
  channels();
  await children();
  await files();
})().catch((error) => say(error.stack));
