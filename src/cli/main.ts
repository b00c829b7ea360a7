import { Command, InvalidArgumentError } from 'commander';
import type { Result } from '../base/result';
import { dump } from './dumpCommand';
import { openRecording } from './openCommand';
import { productVersion } from './paths';
import { record } from './recordCommand';
import { printReport } from './reportCommand';
import { runLive } from './runCommand';

const USAGE_ERROR = 2;
const FAILURE = 1;

const program = new Command('cviz')
  .description('Shows the processes and threads of a running Node.js program.')
  .version(productVersion())
  .enablePositionalOptions()
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : USAGE_ERROR);
  });

program
  .command('run')
  .description('run a script or command and show it live in a browser')
  .option('--port <n>', 'port of the panel on 127.0.0.1 (default: a free one)', parsePort, 0)
  .option('--no-open', 'do not open a browser')
  .option('--record <file>', 'keep the recording')
  .argument('<command...>', 'script.js or command, with its arguments')
  .passThroughOptions()
  .action(async (words: string[], options: { port: number; open: boolean; record?: string }) => {
    finish(await runLive(words, { port: options.port, open: options.open, record: options.record ?? null }));
  });

program
  .command('record')
  .description("run a script or command and record it; output and exit code are the program's own")
  .requiredOption('-o, --output <file>', 'the recording to write')
  .argument('<command...>', 'script.js or command, with its arguments')
  .passThroughOptions()
  .action(async (words: string[], options: { output: string }) => {
    finish(await record(words, options.output));
  });

program
  .command('report')
  .description('print the tree, states, memory and findings of a recording')
  .option('--json', 'as one JSON object')
  .argument('<file>', 'a recording')
  .action((file: string, options: { json?: boolean }) => {
    finish(printReport(file, options.json === true));
  });

program
  .command('open')
  .description('show a recording in a browser')
  .option('--port <n>', 'port of the panel on 127.0.0.1 (default: a free one)', parsePort, 0)
  .option('--no-open', 'do not open a browser')
  .argument('<file>', 'a recording')
  .action(async (file: string, options: { port: number; open: boolean }) => {
    finish(await openRecording(file, options));
  });

program
  .command('dump')
  .description('print the records of a recording, one a line')
  .argument('<file>', 'a recording')
  .action((file: string) => {
    finish(dump(file));
  });

// `cviz dump FILE | head` closes our output early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

void program.parseAsync();

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

function finish(result: Result<null>): void {
  if (result.ok) return;
  process.stderr.write(`cviz: ${result.error}\n`);
  process.exitCode = FAILURE;
}
