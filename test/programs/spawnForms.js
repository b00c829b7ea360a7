// Every way to create a child process. The comments name the lines: tests look them up.
const cp = require('node:child_process');
const { promisify } = require('node:util');

if (process.argv[2] === 'child') process.exit(3);
const node = process.execPath;

cp.spawn(node, [__filename, 'child'], { stdio: 'ignore' }); // line: spawn
cp.exec('exit 4', () => {}); // line: exec
cp.execFile(node, [__filename, 'child'], () => {}); // line: execFile
cp.fork(__filename, ['child']); // line: fork
cp.spawnSync(node, [__filename, 'child']); // line: spawnSync
try {
  cp.execSync('exit 5', { stdio: 'ignore' }); // line: execSync
} catch {
  // The exit code is what matters.
}
cp.execFileSync('true'); // line: execFileSync
promisify(cp.exec)('exit 6').catch(() => {}); // line: promisified exec
cp.spawn('no-such-program-anywhere').on('error', () => {}); // line: missing
