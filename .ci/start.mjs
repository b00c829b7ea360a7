// npm start [-- [cviz options] script.js [arguments]]: install, build, run the script under the visualizer.
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { ensureInstalled } from './setup.mjs';
import { runNode } from './spawn.mjs';

const example = join(projectRoot, 'media', 'examples', 'mix.js');
const optionsWithValue = new Set(['--port', '--record']);

function namesAProgram(args) {
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--') return i + 1 < args.length;
    if (optionsWithValue.has(args[i])) i++;
    else if (!args[i].startsWith('-')) return true;
  }
  return false;
}

async function main(args) {
  await ensureInstalled();
  const built = await runNode(['esbuild.js', '--quiet']);
  if (built !== 0) return built;
  const program = namesAProgram(args) ? args : [...args, example];
  // npm moves to the project's root; a path on the command line is meant from where the user stands.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  return runNode([join(projectRoot, 'dist', 'cli.js'), 'run', ...program], { cwd });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
