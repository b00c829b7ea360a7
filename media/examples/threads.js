// One process with two threads: the main thread, and a worker that looks for prime numbers.
//
// A thread is a line of execution inside a process. Both threads here run at the same time, and on a computer with
// more than one CPU really at once. Each has its own variables; they talk by sending messages.

const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) mainThread();
else workerThread();

function mainThread() {
  // A new thread that runs this same file, with isMainThread being false.
  const worker = new Worker(__filename, { name: 'primes' });
  const tasks = [0.5, 1, 1.5, 0.5, 1];

  const sendNextTask = () => {
    const seconds = tasks.shift() ?? 0;
    console.log(seconds === 0 ? 'main: no more work' : `main: please look for primes for ${seconds} s`);
    // A message is copied on its way, so the two threads never work on the same object.
    worker.postMessage({ seconds });
  };

  worker.on('message', (answer) => {
    console.log(`worker: found ${answer.count}, the largest is ${answer.largest}`);
    // A short break, so that you can see both threads Waiting.
    setTimeout(sendNextTask, 300);
  });
  worker.on('exit', (code) => console.log(`main: the worker has ended with exit code ${code}`));

  // The worker does the hard work, so the main thread stays free: this timer is not held up by it.
  const clock = setInterval(() => console.log('main: I am still free to do other things'), 1000);
  worker.on('exit', () => clearInterval(clock));

  sendNextTask();
}

function workerThread() {
  parentPort.on('message', ({ seconds }) => {
    // Without its message port open a worker has nothing left to wait for, and ends.
    if (seconds === 0) parentPort.close();
    else parentPort.postMessage(findPrimes(seconds));
  });
}

// Keeps one CPU busy: in the panel the worker is Running meanwhile, and reads no other message.
function findPrimes(seconds) {
  const end = Date.now() + seconds * 1000;
  let count = 0;
  let largest = 0;
  for (let number = 2; Date.now() < end; number++) {
    if (isPrime(number)) {
      count++;
      largest = number;
    }
  }
  return { count, largest };
}

function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor++) {
    if (number % divisor === 0) return false;
  }
  return true;
}
