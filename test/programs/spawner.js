// Starts a short-lived child every 700 ms and prints when (wall clock, ms) it called spawn.
const { spawn } = require('node:child_process');
if (process.argv[2] === 'child') setTimeout(() => {}, 500);
else {
  let count = 0;
  const timer = setInterval(() => {
    const name = `child-${++count}`;
    const before = Date.now();
    spawn(process.execPath, [__filename, 'child', name]);
    console.log(`${name} ${before}`);
    if (count === Number(process.argv[2])) clearInterval(timer);
  }, 700);
}
