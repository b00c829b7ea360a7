// Much traffic: 100,000 messages one way and 50,000 round trips; with `terminate` the worker is ended right after the last.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const v8 = require('node:v8');
const ONE_WAY = 100_000;
const ROUND_TRIPS = 50_000;

/** Of sizes that vary, as only some of them are measured. */
function message(index) {
  return { index, text: 'x'.repeat(index % 200) };
}

if (isMainThread) {
  const worker = new Worker(__filename);
  let trips = 0;
  let bytes = 0;
  for (let index = 0; index < ONE_WAY; index++) worker.postMessage(message(index));
  worker.on('message', () => {
    if (++trips <= ROUND_TRIPS) worker.postMessage(message(trips));
    else if (process.argv[2] === 'terminate') void worker.terminate();
    else worker.postMessage('end');
  });
  // What is cloned, as V8 writes it: for the test to compare with.
  process.on('exit', () => {
    for (let index = 0; index < ONE_WAY; index++) bytes += v8.serialize(message(index)).length;
    for (let trip = 1; trip <= ROUND_TRIPS; trip++) bytes += v8.serialize(message(trip)).length;
    console.log(bytes);
  });
} else {
  let received = 0;
  parentPort.on('message', (asked) => {
    if (asked === 'end') parentPort.close();
    else if (++received >= ONE_WAY) parentPort.postMessage('pong');
  });
}
