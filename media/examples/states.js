// Every state that a thread can be in, one after the other. Watch the lanes, and the CPU strip above them.
//
//   Running   it is on a CPU                     Waiting   it has nothing to do
//   Ready     it could run, but no CPU is free   Blocked   it is stuck inside a call until something else happens

const { execSync, spawn } = require('node:child_process');
const os = require('node:os');
const { setTimeout: pause } = require('node:timers/promises');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) mainThread();
else workerThread(workerData.role);

async function mainThread() {
  // This worker's event loop stays empty: it is Waiting until it is told to end.
  const idle = startWorker('idle');

  console.log('1. A busy worker: it is Running for a second');
  await ended(startWorker('busy', { seconds: 1 }));

  // Far more busy threads than CPUs: they take turns, and whose turn it is not is Ready.
  const cpus = os.availableParallelism();
  const count = Math.min(4 * cpus, cpus + 24);
  console.log(`2. ${count} busy workers at once: most of their time they are Ready`);
  const crowd = Array.from({ length: count }, () => startWorker('busy', { seconds: 2 }));
  await Promise.all(crowd.map(ended));

  console.log('3. A worker that waits in Atomics.wait: it is Blocked until the main thread notifies it');
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const sleeper = startWorker('sleeper', { shared });
  await pause(1200);
  Atomics.notify(shared, 0);
  await ended(sleeper);

  console.log('4. A child that reads an empty pipe: it is Blocked until somebody writes into the pipe');
  const reader = spawn('sort', { stdio: ['pipe', 'inherit', 'inherit'] });
  await pause(1200);
  reader.stdin.end('   and this is what it has read\n');
  await ended(reader);

  console.log(
    '5. The main thread runs another program and waits for it: it is Blocked, and can do nothing else',
  );
  execSync(process.platform === 'win32' ? 'ping -n 2 127.0.0.1' : 'sleep 0.7');

  idle.postMessage('that was all');
  await ended(idle);
}

function startWorker(role, data = {}) {
  return new Worker(__filename, { name: role, workerData: { role, ...data } });
}

function ended(workerOrProcess) {
  return new Promise((resolve) => workerOrProcess.once('exit', resolve));
}

function workerThread(role) {
  if (role === 'busy') computeFor(workerData.seconds);
  // Sleeps as long as the shared number is 0 and nobody notifies: no CPU is used, but nothing else is done either.
  else if (role === 'sleeper') Atomics.wait(workerData.shared, 0, 0);
  else waitForOneMessage();
}

// Listening keeps the worker alive. It ends with the first message, because then nothing is left to wait for.
function waitForOneMessage() {
  const { parentPort } = require('node:worker_threads');
  parentPort.once('message', (text) => console.log(`the idle worker was told: ${text}`));
}

function computeFor(seconds) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) Math.sqrt(Math.random());
}
