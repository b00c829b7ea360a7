// Looks at what it may do under the permission model; with CHILD_OPTIONS, starts itself with them as Node's options.
const { spawn, spawnSync } = require('node:child_process');
const { Worker, MessageChannel } = require('node:worker_threads');
const fs = require('node:fs');
const options = JSON.parse(process.env.CHILD_OPTIONS ?? '[]');
delete process.env.CHILD_OPTIONS;

function attempt(what, action) {
  try {
    console.log(what, action());
  } catch (error) {
    console.log(what, error.code, error.message);
  }
}

if (options.length > 0) {
  const child = spawn(process.execPath, [...options, __filename], { stdio: 'inherit' });
  child.on('exit', (code, signal) => console.log('child exit', code, signal));
} else {
  const { port1, port2 } = new MessageChannel();
  port2.on('message', (message) => {
    console.log(message);
    port2.close();
  });
  port1.postMessage('hello');
  for (const scope of ['fs', 'fs.read', 'fs.write', 'child', 'worker'])
    attempt(scope, () => process.permission?.has(scope));
  attempt('write', () => fs.writeFileSync('/dev/null', 'x'));
  attempt('read', () => fs.readFileSync('/etc/hosts').length > 0);
  attempt('spawn', () => spawnSync('echo', ['hi']).stdout.toString());
  attempt('worker', () => {
    new Worker('console.log("in worker")', { eval: true }).on('exit', (code) => console.log('exit', code));
  });
  console.log(process.execArgv, process.env.NODE_OPTIONS);
}
