// Uses everything the probe looks at, one thing after the other, and says what came of it: the part that all hostile
// programs share. What it needs for that is taken before they patch anything.
const fs = require('node:fs');
const cp = require('node:child_process');
const wt = require('node:worker_threads');
const { writeSync } = fs;
const { stringify } = JSON;
const { MessageChannel, BroadcastChannel, receiveMessageOnPort } = wt;

/** At once and in order, also from a worker. */
exports.say = (...values) => {
  let line = '';
  for (let index = 0; index < values.length; index++) line += `${stringify(values[index])} `;
  writeSync(1, `${line}\n`);
};

function portMessages() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const moved = new MessageChannel();
    let count = 0;
    port2.on('message', (message) => {
      exports.say('port', count++, typeof message, message?.text);
      message?.port?.postMessage({ back: 1 });
      if (count < 4) return;
      port2.close();
      exports.say('sync', receiveMessageOnPort(moved.port2));
      moved.port2.close();
      resolve();
    });
    const shared = new SharedArrayBuffer(16);
    port1.postMessage({ text: 'plain', list: [1, 2, { three: 3 }] });
    port1.postMessage({
      text: 'shared',
      nested: [{ view: new Int32Array(shared) }, new Map([['a', shared]])],
    });
    port1.postMessage({ text: 'port', port: moved.port1 }, [moved.port1]);
    port1.postMessage('last');
  });
}

function broadcasts() {
  return new Promise((resolve) => {
    const sender = new BroadcastChannel('exercise');
    const receiver = new BroadcastChannel('exercise');
    receiver.onmessage = (event) => {
      exports.say('broadcast', event.data);
      sender.close();
      receiver.close();
      resolve();
    };
    sender.postMessage({ news: 1 });
  });
}

function waits() {
  const view = new Int32Array(new SharedArrayBuffer(8));
  exports.say('wait', Atomics.wait(view, 0, 0, 5), Atomics.notify(view, 0), Atomics.load(view, 0));
}

function worker(file) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const shared = new SharedArrayBuffer(8);
    wt.setEnvironmentData('exercise', { shared });
    const thread = new wt.Worker(file, {
      workerData: { shared, port: port2 },
      transferList: [port2],
      name: 'exercise',
    });
    port1.on('message', (message) => {
      exports.say('from the moved port', message);
      port1.close();
    });
    thread.on('message', (message) => exports.say('worker says', message));
    thread.on('error', (error) => exports.say('worker error', error.message));
    thread.on('exit', (code) => {
      exports.say('worker exit', code);
      resolve();
    });
    thread.postMessage('go');
  });
}

function child(file) {
  return new Promise((resolve) => {
    const forked = cp.fork(file, ['child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    forked.on('message', (message) => exports.say('child says', message));
    forked.on('exit', (code, signal) => {
      exports.say('child exit', code, signal);
      resolve();
    });
    forked.send({ hello: 1 });
  });
}

function commands() {
  exports.say('spawnSync', cp.spawnSync('sh', ['-c', 'echo out; exit 3']).status);
  return new Promise((resolve) => {
    cp.exec('echo hello', (error, stdout) => {
      exports.say('exec', error, stdout);
      resolve();
    });
  });
}

/** What this thread does, by what it is: in the main process everything, in its worker and child they answer. */
exports.exercise = async (file) => {
  if (process.argv[2] === 'child') {
    process.on('message', (message) => {
      process.send({ got: message });
      process.disconnect();
    });
  } else if (!wt.isMainThread) {
    wt.workerData.port.postMessage({ bytes: wt.workerData.shared.byteLength });
    wt.parentPort.once('message', (message) => {
      wt.parentPort.postMessage({
        got: message,
        environment: Object.keys(wt.getEnvironmentData('exercise') ?? {}),
      });
      wt.workerData.port.close();
    });
  } else {
    await portMessages();
    await broadcasts();
    if (globalThis.Atomics !== undefined) waits();
    await worker(file);
    await child(file);
    await commands();
  }
};
