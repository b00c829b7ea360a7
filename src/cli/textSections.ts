import type { Ns } from '../base/units';
import { directions, type Direction } from '../model/channels';
import { sharedBuffers } from '../model/sharedBuffers';
import type { Model } from '../model/types';
import { waitViews } from '../model/waits';
import { milliseconds, size, threadName } from './textUnits';

/** What the threads had to do with each other, each section with a heading; nothing where there was nothing. */
export function textSections(model: Model): string[] {
  return [
    ...section('messages', table(directions(model).map((direction) => messageCells(model, direction)))),
    ...section('shared buffers', bufferLines(model)),
    ...section('waits', waitLines(model)),
    ...section('long tasks', longTaskLines(model)),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${heading}:`, ...lines.map((line) => `  ${line}`)];
}

function messageCells(model: Model, direction: Direction): string[] {
  const { from, to, sent, received, waiting, bytes, bytesEstimated, latency, lines } = direction;
  const most = lines[0];
  return [
    `${threadName(model, from)} → ${threadName(model, to)}`,
    direction.sender.channel.kind,
    `sent ${sent}`,
    received === null ? 'received ?' : `received ${received}`,
    waiting === null || waiting === 0 ? '' : `waiting ${waiting}`,
    bytes === null ? '' : `${bytesEstimated ? '~' : ''}${size(bytes)}`,
    latency === null ? '' : `latency ${milliseconds(latency.p50)}, at most ${milliseconds(latency.max)}`,
    most === undefined ? '' : `at ${most.location}${lines.length > 1 ? ` and ${lines.length - 1} more` : ''}`,
  ];
}

/** Cells in columns; a column without a word in it takes no room. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .filter((cell) => cell !== '')
      .join('  ')
      .trimEnd(),
  );
}

function bufferLines(model: Model): string[] {
  return sharedBuffers(model).map(({ bytes, isWasm, holders }) => {
    const threads = holders.map(({ threadId }) => threadName(model, threadId)).join(', ');
    const [first] = holders;
    const at = first?.location == null ? '' : `  at ${first.location}`;
    return `${size(bytes)}${isWasm ? ' of WebAssembly' : ''}  held by ${threads}${at}`;
  });
}

function waitLines(model: Model): string[] {
  const times = new Map<string, Ns[]>();
  for (const { threadId, location, isAsync, start, end } of waitViews(model)) {
    const call = isAsync ? 'Atomics.waitAsync' : 'Atomics.wait';
    add(times, `${call} at ${location ?? '?'} in ${threadName(model, threadId)}`, (end ?? model.now) - start);
  }
  return [...times].map(([what, durations]) => `${what}  ${summary(durations)}`);
}

function longTaskLines(model: Model): string[] {
  const times = new Map<string, Ns[]>();
  for (const { id, longTasks } of model.threads.values()) {
    for (const { start, end } of longTasks) add(times, threadName(model, id), end - start);
  }
  return [...times].map(([thread, durations]) => `${thread}  ${summary(durations)}`);
}

function add(times: Map<string, Ns[]>, key: string, duration: Ns): void {
  const list = times.get(key);
  if (list === undefined) times.set(key, [duration]);
  else list.push(duration);
}

/** `3 times, 40.0 ms in all, 30.0 ms at most`. */
function summary(durations: readonly Ns[]): string {
  const total = durations.reduce((sum, duration) => sum + duration, 0);
  const longest = durations.reduce((most, duration) => Math.max(most, duration), 0);
  const count = durations.length === 1 ? 'once' : `${durations.length} times`;
  return `${count}, ${milliseconds(total)} in all, ${milliseconds(longest)} at most`;
}
