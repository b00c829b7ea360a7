import { NS_PER_MS, type Ns } from '../base/units';
import { threadTitle } from '../model/select';
import type { Deed, Model } from '../model/types';

const MB = 1024 * 1024;

export function milliseconds(ns: Ns): string {
  return `${(ns / NS_PER_MS).toFixed(1)} ms`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}

/** Messages and buffers are of any size. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} bytes`;
  return bytes < MB ? `${(bytes / 1024).toFixed(1)} kB` : megabytes(bytes);
}

/** `main of 100`, `worker 1 of 100`. */
export function threadName(model: Model, id: string | null): string {
  const thread = id === null ? undefined : model.threads.get(id);
  return thread === undefined ? 'unknown' : `${threadTitle(thread)} of ${thread.processId}`;
}

/** ` by main of 100 at main.js:3:5`. */
export function byWhom(model: Model, { threadId, location }: Deed): string {
  return ` by ${threadName(model, threadId)}${location === null ? '' : ` at ${location}`}`;
}
