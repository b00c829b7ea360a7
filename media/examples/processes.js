// Two child processes, each with a memory of its own.
//
// A process is a running program. Here one program runs three times: once as the parent, and once more for each
// child. All three execute this file, and each of them has its own copy of every variable below.

const { fork } = require('node:child_process');

// The operating system keeps the memory of processes apart: what one of them changes, the others never see.
let counter = 0;
const memory = [];

if (process.argv[2] === undefined) parentProcess();
else childProcess(process.argv[2], Number(process.argv[3]));

function parentProcess() {
  console.log(`parent (pid ${process.pid}): starting two children`);
  // fork() starts a new Node.js process that runs the given file, here this very file.
  startChild('Ada', 6);
  startChild('Ben', 12);
}

function startChild(name, megabytesPerStep) {
  const child = fork(__filename, [name, String(megabytesPerStep)]);
  // Processes can't touch each other's variables, but they can send each other messages.
  child.on('message', (text) => console.log(`${name} says: ${text}`));
  child.on('exit', (code) => {
    console.log(`${name} has ended with exit code ${code}; the parent's counter is still ${counter}`);
  });
}

function childProcess(name, megabytesPerStep) {
  const timer = setInterval(() => {
    counter++;
    // Watch this process's private memory grow in the panel. The other child's stays as it is.
    memory.push(Buffer.alloc(megabytesPerStep * 1024 * 1024, counter));
    computeFor(150);
    process.send(`my own counter is ${counter}`);
    if (counter === 10) {
      clearInterval(timer);
      // The connection to the parent would keep this process alive.
      process.disconnect();
    }
  }, 450);
}

// Keeps a CPU busy: the panel shows this as Running. Between two steps the process is Waiting.
function computeFor(milliseconds) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) Math.sqrt(Math.random());
}
