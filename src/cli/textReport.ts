import { NS_PER_MS, type Ns } from '../base/units';
import { liveStates } from '../model/states';
import {
  callOf,
  lacksEvalOption,
  latestMemory,
  processTitle,
  rows,
  stateTimes,
  threadTitle,
  unobservedReason,
} from '../model/select';
import type { Exit, Model, Process, Thread } from '../model/types';
import { textSections } from './textSections';
import { byWhom, megabytes, milliseconds } from './textUnits';

/** The tree with times, memory and ends, then what the threads had to do with each other, for a terminal. */
export function textReport(model: Model): string {
  const lines: string[] = [];
  for (const row of rows(model, new Map())) {
    const indent = '  '.repeat(row.depth);
    switch (row.kind) {
      case 'process':
        lines.push(`${indent}${describeProcess(model, row.process)}`);
        break;
      case 'thread':
        lines.push(`${indent}${describeThread(model, row.thread)}`);
        break;
      case 'nativeThreads':
        lines.push(`${indent}native threads: ${row.threads.length}`);
        break;
    }
  }
  if (lines.length === 0) lines.push('No process was seen.');
  lines.push(...textSections(model));
  for (const { code, detail } of model.notices) lines.push(`note: ${detail ?? code}`);
  if (model.dropped.records > 0)
    lines.push(`dropped: ${model.dropped.records} records, ${model.dropped.bytes} bytes`);
  return `${lines.map(printable).join('\n')}\n`;
}

function describeProcess(model: Model, process: Process): string {
  const memory = latestMemory(process);
  const call = callOf(model, process);
  const unobserved = unobservedReason(model, process);
  return [
    `${processTitle(process)} (pid ${process.pid})`,
    life(process.start, process.end, model),
    describeExit(process.exit, process.end),
    process.killedBy === null ? null : `signal sent${byWhom(model, process.killedBy)}`,
    unobserved === null ? null : `not observed from inside: ${unobserved}`,
    memory === null ? null : `private ${megabytes(memory.private)}, shared ${megabytes(memory.shared)}`,
    call?.location == null ? null : `by ${call.api} at ${call.location}`,
  ]
    .filter((part) => part !== null)
    .join('  ');
}

function describeThread(model: Model, thread: Thread): string {
  const times = stateTimes(model, thread);
  const states = liveStates
    .filter((state) => times[state] >= NS_PER_MS / 10)
    .map((state) => `${state} ${milliseconds(times[state])}`)
    .join(', ');
  const error = thread.error === null ? null : `error: ${thread.error.message}`;
  const hint = lacksEvalOption(thread)
    ? 'Node took the source text for a file name: pass { eval: true } to run it as code'
    : null;
  const exitLine = thread.exitLocation === null ? null : `process.exit at ${thread.exitLocation}`;
  const terminated = thread.endedBy === null ? null : `terminated${byWhom(model, thread.endedBy)}`;
  const name = `${threadTitle(thread)}${thread.tid === null ? '' : ` (tid ${thread.tid})`}`;
  return [name, states, exitLine, terminated, error, hint]
    .filter((part) => part !== null && part !== '')
    .join('  ');
}

function describeExit(exit: Exit | null, end: Ns | null): string {
  if (exit?.signal != null) return `killed by ${exit.signal}`;
  if (exit?.code != null) return `exit code ${exit.code}`;
  return end === null ? 'still running' : 'ended';
}

function life(start: Ns, end: Ns | null, model: Model): string {
  return milliseconds((end ?? model.now) - start);
}

/** Names come from the program: what could steer the terminal is shown as a replacement character. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
