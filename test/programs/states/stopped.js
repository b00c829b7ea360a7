'use strict';
// A child that is stopped for a while in the middle of its work.

const { spawn } = require('node:child_process');
const { now, tell } = require('./truth');

const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
setTimeout(() => {
  const before = now();
  process.kill(child.pid, 'SIGSTOP');
  const stopped = now();
  setTimeout(() => {
    const until = now();
    process.kill(child.pid, 'SIGKILL');
    child.on('exit', () => tell({ kind: 'stopped', pid: child.pid, before, stopped, until, over: now() }));
  }, 900);
}, 300);
