// A pool of three worker threads. The main thread hands out tasks as messages; a worker that is done with one gets the next.
//
// All workers add their results to one total in shared memory. A lock makes sure that only one of them does so at a
// time: whoever finds it taken is Blocked in Atomics.wait until the one who holds it notifies.

const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

const FREE = 0;
const TAKEN = 1;
// Places in the shared memory.
const LOCK = 0;
const TOTAL = 1;

if (isMainThread) mainThread();
else workerThread(new Int32Array(workerData));

function mainThread() {
  const shared = new SharedArrayBuffer(8);
  const tasks = Array.from({ length: 24 }, (_, index) => ({
    number: index + 1,
    ms: 60 + ((index * 37) % 100),
  }));
  const workers = ['red', 'green', 'blue'].map(
    (name) => new Worker(__filename, { name, workerData: shared }),
  );
  let done = 0;

  for (const worker of workers) {
    const sendNextTask = () => worker.postMessage(tasks.shift() ?? 'nothing more to do');
    sendNextTask();
    worker.on('message', (number) => {
      done++;
      console.log(`task ${number} is done`);
      if (done === 24) console.log(`the total is ${new Int32Array(shared)[TOTAL]}`);
      sendNextTask();
    });
  }
}

function workerThread(cells) {
  parentPort.on('message', (task) => {
    // Without its message port open a worker has nothing left to wait for, and ends.
    if (task === 'nothing more to do') {
      parentPort.close();
      return;
    }
    work(task.ms);
    addToTotal(cells, task);
    parentPort.postMessage(task.number);
  });
}

function addToTotal(cells, task) {
  lock(cells);
  const before = cells[TOTAL];
  // One task holds the lock for far too long: look at what the other workers do meanwhile, and ask the panel why.
  work(task.number === 12 ? 700 : 5);
  cells[TOTAL] = before + task.number;
  unlock(cells);
}

function lock(cells) {
  while (Atomics.compareExchange(cells, LOCK, FREE, TAKEN) !== FREE) Atomics.wait(cells, LOCK, TAKEN);
}

function unlock(cells) {
  Atomics.store(cells, LOCK, FREE);
  Atomics.notify(cells, LOCK, 1);
}

// Keeps one CPU busy.
function work(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
