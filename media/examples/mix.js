// Processes and threads together: what is shared, and what is not.
//
//   this process   main thread ── two workers that share one counter
//   child process  main thread, with a memory of its own
//
// Threads of one process can share memory through a SharedArrayBuffer. Processes cannot: they send messages.

const { fork } = require('node:child_process');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

const SECONDS = 5;

// Places of the two numbers in the shared memory.
const COUNTER = 0;
const BELL = 1;

if (!isMainThread) workerThread();
else if (process.argv[2] === 'child') childProcess();
else mainProcess();

function mainProcess() {
  // Eight bytes that the main thread and both workers see: two numbers. Handing it over makes no copy.
  const shared = new SharedArrayBuffer(8);
  const numbers = new Int32Array(shared);

  startWorker('busy', shared);
  startWorker('sleepy', shared);

  const child = fork(__filename, ['child']);
  child.on('message', (text) => console.log(`child process says: ${text}`));
  child.on('exit', (code) => console.log(`child process has ended with exit code ${code}`));

  const timer = setInterval(() => {
    const value = Atomics.load(numbers, COUNTER);
    console.log(`the shared counter is ${value}`);
    // Rings the bell: changes the number that the sleepy worker waits for, and wakes it up.
    Atomics.add(numbers, BELL, 1);
    Atomics.notify(numbers, BELL);
    child.send(value);
  }, 1000);
  setTimeout(() => {
    clearInterval(timer);
    child.disconnect();
  }, SECONDS * 1000);
}

function startWorker(name, shared) {
  const worker = new Worker(__filename, { name, workerData: { name, shared } });
  worker.on('message', (text) => console.log(`worker ${name} says: ${text}`));
  worker.on('exit', (code) => console.log(`worker ${name} has ended with exit code ${code}`));
}

function workerThread() {
  const numbers = new Int32Array(workerData.shared);
  const end = Date.now() + SECONDS * 1000;
  if (workerData.name === 'busy') countUntil(end, numbers);
  else sleepUntil(end, numbers);
}

// Never pauses: in the panel this thread is Running all the time, or Ready when it has to wait for a CPU.
function countUntil(end, numbers) {
  while (Date.now() < end) {
    // Not numbers[COUNTER]++: another thread could write between its reading and its writing, and a count be lost.
    Atomics.add(numbers, COUNTER, 1);
  }
}

// Sleeps inside Atomics.wait: in the panel this thread is Blocked. That costs no CPU, but it can do nothing else.
function sleepUntil(end, numbers) {
  while (Date.now() < end) {
    const bell = Atomics.load(numbers, BELL);
    const result = Atomics.wait(numbers, BELL, bell, end - Date.now());
    parentPort.postMessage(result === 'timed-out' ? 'nobody rings any more' : 'the bell woke me up');
  }
}

function childProcess() {
  // This is another process. The counter's value reached it as a message; the shared memory did not.
  process.on('message', (value) => process.send(`I was told ${value}, and my own memory is separate`));
}
