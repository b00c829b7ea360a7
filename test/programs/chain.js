// Node below a shell, below a shell, with a program in between that is not Node.
const { spawn } = require('node:child_process');
const script = `sh -c '"$0" "$1" leaf 11; true' "$0" "$1"; env "$0" "$1" leaf 12`;

if (process.argv[2] === 'leaf') setTimeout(() => process.exit(Number(process.argv[3])), 60);
else spawn('sh', ['-c', script, process.execPath, __filename]); // line: spawn
