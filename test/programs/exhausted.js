// Meets the limits that its argument names, and lives on.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { Worker } = require('node:worker_threads');
const [, , what, folder] = process.argv;

const answering = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (text) => (text === 'end' ? parentPort.close() : parentPort.postMessage(text)));`;

function talk(rounds, done) {
  const worker = new Worker(answering, { eval: true });
  let answers = 0;
  worker.on('message', () => worker.postMessage(++answers < rounds ? 'again' : 'end'));
  worker.on('error', (error) => console.log('error', error.code));
  worker.on('exit', (code) => {
    console.log('answers', answers, 'exit', code);
    done?.();
  });
  worker.postMessage('first');
}

const limits = {
  fileSize: () => talk(20_000),
  descriptors: () => {
    const open = [];
    try {
      for (;;) open.push(fs.openSync(__filename));
    } catch (error) {
      console.log(error.code);
    }
    try {
      console.log(spawnSync('true').error?.code);
    } catch (error) {
      console.log(error.code);
    }
    for (const descriptor of open) fs.closeSync(descriptor);
    talk(100);
  },
  // As a program that tidies up a folder for temporary files might.
  removedFolder: () => {
    for (const name of fs.readdirSync(folder)) fs.rmSync(`${folder}/${name}`, { recursive: true });
    talk(100, () => talk(100));
  },
  plain: () => talk(100),
};
limits[what]();
