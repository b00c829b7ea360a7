import { NS_PER_MS, type Ns } from '../../src/base/units';
import { liveStates } from '../../src/model/states';
import { processTitle, stateTimes } from '../../src/model/select';
import type { Exit, Model, Process, Thread } from '../../src/model/types';
import { STORY_START } from './storyLine';

/**
 * What a model says, as lines that tests compare with what a story should come to:
 *
 *     100 0..41 code 0: node main.js
 *       100/0 main 0..41 code 0: new 5, running 9, waiting 27
 *       101 7..30 code 0 by spawn main.js:3:5: git status
 *
 * Times are milliseconds since the run began, rounded to a tenth; `..` without an end is still alive.
 */
export function outline(model: Model): string[] {
  const lines: string[] = [];
  const visit = (parentId: string | null, indent: string): void => {
    for (const process of model.processes.values()) {
      if (process.parentId !== parentId) continue;
      lines.push(indent + describeProcess(model, process));
      for (const thread of process.threads) lines.push(`${indent}  ${describeThread(model, thread)}`);
      visit(process.id, `${indent}  `);
    }
  };
  visit(null, '');
  return lines;
}

/** Only the processes of `outline`. */
export function processOutline(model: Model): string[] {
  return outline(model).filter((line) => !/^\s*\S+\/\d+ /.test(line));
}

/** One thread of `outline`, by its id. */
export function threadOutline(model: Model, id: string): string {
  const thread = model.threads.get(id);
  return thread === undefined ? `no thread ${id}` : describeThread(model, thread);
}

function describeProcess(model: Model, process: Process): string {
  const call = process.callToken === null ? undefined : model.calls.get(process.callToken);
  const origin = call === undefined ? '' : ` by ${call.api} ${call.location ?? 'nowhere'}`;
  return `${process.id} ${life(process)}${ending(process.exit)}${origin}: ${processTitle(process)}`;
}

function describeThread(model: Model, thread: Thread): string {
  const times = stateTimes(model, thread);
  const states = liveStates
    .filter((state) => times[state] >= 0.05 * NS_PER_MS)
    .map((state) => `${state} ${milliseconds(times[state])}`);
  const name = thread.threadId !== null && thread.threadId > 0 ? ` ${thread.threadId}` : '';
  return `${thread.id} ${thread.kind}${name} ${life(thread)}${ending(thread.exit)}: ${states.join(', ')}`;
}

function life({ start, end }: { readonly start: Ns; readonly end: Ns | null }): string {
  return `${milliseconds(start - STORY_START)}..${end === null ? '' : milliseconds(end - STORY_START)}`;
}

function ending(exit: Exit | null): string {
  if (exit === null) return '';
  return exit.signal === null ? ` code ${String(exit.code)}` : ` ${exit.signal}`;
}

function milliseconds(ns: Ns): number {
  return Math.round((ns / NS_PER_MS) * 10) / 10;
}
