import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { numberWanted } from './measure';
import { ObservedNode, programPath } from './observedNode';
import { report } from './report';

const PER_SECOND = 200_000;
const TEN_MINUTES = 600;
/** A log's limit: MAX_LOG_BYTES of src/probe/log.ts. */
const LIMIT_MIB = 64;
const MIB = 1024 * 1024;

/** A thread that sends as many messages as it can for `--seconds N`: how large will its log be in ten minutes? */
async function main(): Promise<void> {
  const seconds = numberWanted('--seconds', 30);
  const node = new ObservedNode();
  const args = [programPath('messageFlood.js'), String(PER_SECOND), String(seconds)];
  const child = spawn(process.execPath, args, {
    env: node.environment('observed'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close');
  const begin = performance.now();
  await sleep(seconds * 500);
  const half = { time: (performance.now() - begin) / 1000, size: largest(node) };
  await ended;
  const whole = { time: (performance.now() - begin) / 1000, size: largest(node) };
  // At the pace of the second half: the first one has what is written at the start and in the first burst.
  const pace = (whole.size - half.size) / (whole.time - half.time);
  const projected = whole.size + pace * (TEN_MINUTES - whole.time);
  const { messages, wall } = JSON.parse(output) as { messages: number; wall: number };
  const all = node.logSizes().reduce((sum, size) => sum + size, 0);
  node.dispose();

  report('message flood: messages', [messages / (wall / 1000)], {
    unit: ' a second',
    digits: 0,
    isSingle: true,
  });
  report(`message flood: all logs after ${seconds} s`, [all / MIB], { unit: ' MiB', isSingle: true });
  report(`message flood: largest log after ${seconds} s`, [whole.size / MIB], {
    unit: ' MiB',
    isSingle: true,
  });
  report('message flood: largest log after 10 minutes', [projected / MIB], {
    unit: ' MiB',
    isSingle: true,
    target: { atMost: LIMIT_MIB },
  });
}

function largest(node: ObservedNode): number {
  return node.logSizes()[0] ?? 0;
}

void main();
