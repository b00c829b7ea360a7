/** Spans: what a thread was at, above its states. Pure; times are absolute. */
import type { Ns } from '../base/units';
import type { Port } from './channelTypes';
import { handledMessages } from './handledMessages';
import { firstNotBefore } from './sortedRuns';
import type { BlockedSpan, Call, LongTask, Model, Thread, Wait } from './types';

interface AnySpan {
  readonly start: Ns;
  /** Null while it lasts. */
  readonly end: Ns | null;
}

/**
 * A named stretch of a thread's work. Garbage collection and pauses by a debugger would be spans, too, but nothing
 * records them.
 */
export type Span =
  /** Handling one message that came by `port`; `message` is its number there. */
  | (AnySpan & { readonly kind: 'message'; readonly port: Port; readonly message: number })
  | (AnySpan & { readonly kind: 'wait'; readonly wait: Wait })
  /** A call that blocks until a child process has ended; `call` says which. */
  | (AnySpan & { readonly kind: 'syncCall'; readonly blocked: BlockedSpan; readonly call: Call | null })
  | (AnySpan & { readonly kind: 'longTask'; readonly task: LongTask });
export type SpanKind = Span['kind'];

/** From the outermost to the innermost: a long task may be the handling of a message, in which a wait blocks. */
export const spanLayers = ['longTask', 'message', 'blocked'] as const;
export type SpanLayer = (typeof spanLayers)[number];

/** One span, or several that begin within one pixel. */
export interface SpanRun {
  readonly layer: SpanLayer;
  /** Place of the (first) span in its layer: for `spanOf`. */
  readonly index: number;
  readonly count: number;
  readonly start: Ns;
  /** Null while it lasts; of several the end of their pixel. */
  readonly end: Ns | null;
  /** Of several: share of the time between that they take, estimated from a few of them. */
  readonly busy: number;
}

/** What a layer needs to be jumped through: spans by start, each within its parent. */
interface SpanList {
  readonly length: number;
  start(index: number): Ns;
  /** Infinity while it lasts. */
  end(index: number): Ns;
  /** The span around it, -1 for none. */
  parent(index: number): number;
}

/**
 * Visits a thread's spans that touch [from, to], layer by layer, outer ones first. Those of at least `pixelNs` are
 * visited one by one; of shorter ones each pixel is visited once, found by searching, however many it holds.
 */
export function forEachSpan(
  model: Model,
  thread: Thread,
  from: Ns,
  to: Ns,
  pixelNs: Ns,
  visit: (run: SpanRun) => void,
): void {
  for (const layer of spanLayers) {
    const list = listOf(model, thread, layer);
    if (list.length > 0) jumpThrough(list, { layer, from, to, pixelNs, lastEnd: thread.end }, visit);
  }
}

interface Walk {
  readonly layer: SpanLayer;
  readonly from: Ns;
  readonly to: Ns;
  readonly pixelNs: Ns;
  /** When whatever still lasts ended with its thread. */
  readonly lastEnd: Ns | null;
}

/** Deeper nests are left out: nobody could see them, but a recording may claim them. */
const DEEPEST_NEST = 16;

function jumpThrough(list: SpanList, walk: Walk, visit: (run: SpanRun) => void): void {
  const { from, to } = walk;
  const pixelNs = Math.max(walk.pixelNs, 1);
  const timeOf = (place: number): Ns => list.start(place);
  let index = firstNotBefore(timeOf, from, list.length);
  for (const outer of around(list, index - 1, -1)) {
    if (list.end(outer) > from) visit(oneRun(list, walk, outer));
  }
  while (index < list.length && list.start(index) < to) {
    // Pixels lie on a grid of their own, so that nothing flickers while the window moves.
    const pixelEnd = (Math.floor(list.start(index) / pixelNs) + 1) * pixelNs;
    // Where a pixel is finer than the clock's digits, sums stand still.
    const next = Math.max(index + 1, firstNotBefore(timeOf, pixelEnd, list.length, index));
    if (next === index + 1) visit(oneRun(list, walk, index));
    else visitPixel(list, walk, index, next, pixelEnd, visit);
    index = next;
  }
}

/** Share of a pixel. */
const NOTICEABLE = 0.25;

/** Spans [first, next) begin in one pixel: only the last of them, and those around it, may reach beyond. */
function visitPixel(
  list: SpanList,
  walk: Walk,
  first: number,
  next: number,
  pixelEnd: Ns,
  visit: (run: SpanRun) => void,
): void {
  const start = list.start(first);
  const busy = busyShare(list, first, next, pixelEnd);
  visit({ layer: walk.layer, index: first, count: next - first, start, end: pixelEnd, busy });
  if (list.end(next - 1) <= pixelEnd && list.parent(next - 1) < first) return;
  for (const index of around(list, next - 1, first - 1)) {
    const end = list.end(index);
    // A short one that reaches a little beyond would not be seen there.
    const isLong = end - list.start(index) >= walk.pixelNs || end - pixelEnd > walk.pixelNs * NOTICEABLE;
    if (end > pixelEnd && isLong) visit(oneRun(list, walk, index));
  }
}

/** A span and those it lies in down to (and without) `limit`, the outermost first. */
function around(list: SpanList, index: number, limit: number): number[] {
  const found: number[] = [];
  for (let at = index; at > limit && found.length < DEEPEST_NEST; at = list.parent(at)) found.push(at);
  return found.reverse();
}

function oneRun(list: SpanList, { layer, lastEnd }: Walk, index: number): SpanRun {
  const end = list.end(index);
  const start = list.start(index);
  return { layer, index, count: 1, start, end: end === Infinity ? lastEnd : end, busy: 1 };
}

/** Looked at of any number of spans. */
const SAMPLES = 4;

function busyShare(list: SpanList, first: number, next: number, pixelEnd: Ns): number {
  const count = next - first;
  const looks = Math.min(SAMPLES, count);
  let sum = 0;
  for (let look = 0; look < looks; look++) {
    const index = first + Math.floor((look * count) / looks);
    sum += Math.max(0, Math.min(list.end(index), pixelEnd) - list.start(index));
  }
  const stretch = pixelEnd - list.start(first);
  return stretch <= 0 ? 1 : Math.min(1, ((sum / looks) * count) / stretch);
}

function listOf(model: Model, thread: Thread, layer: SpanLayer): SpanList {
  switch (layer) {
    case 'longTask':
      return new FlatList(thread.longTasks);
    case 'message':
      return handledMessages(model, thread);
    case 'blocked':
      return new FlatList(thread.blockedSpans);
  }
}

/** Spans that do not overlap. */
class FlatList implements SpanList {
  private readonly spans: readonly AnySpan[];

  constructor(spans: readonly AnySpan[]) {
    this.spans = spans;
  }

  get length(): number {
    return this.spans.length;
  }

  start(index: number): Ns {
    return this.spans[index]?.start ?? 0;
  }

  end(index: number): Ns {
    return this.spans[index]?.end ?? Infinity;
  }

  parent(): number {
    return -1;
  }
}

/** What the (first) span of a run is. */
export function kindOf(thread: Thread, { layer, index }: SpanRun): SpanKind {
  if (layer !== 'blocked') return layer;
  const blocked = thread.blockedSpans[index];
  return blocked !== undefined && isWait(blocked) ? 'wait' : 'syncCall';
}

/** The (first) span of a run. */
export function spanOf(model: Model, thread: Thread, { layer, index }: SpanRun): Span | null {
  switch (layer) {
    case 'longTask': {
      const task = thread.longTasks[index];
      return task === undefined ? null : { kind: 'longTask', start: task.start, end: task.end, task };
    }
    case 'message': {
      const list = handledMessages(model, thread);
      if (index >= list.length) return null;
      const { port, place } = list.at(index);
      const end = list.end(index);
      return {
        kind: 'message',
        start: list.start(index),
        end: end === Infinity ? thread.end : end,
        port,
        message: port.receiving.columns?.number(place) ?? 0,
      };
    }
    case 'blocked': {
      const blocked = thread.blockedSpans[index];
      return blocked === undefined ? null : blockedSpan(model, blocked);
    }
  }
}

function blockedSpan(model: Model, blocked: BlockedSpan): Span {
  const { start, end, callToken } = blocked;
  if (isWait(blocked)) return { kind: 'wait', start, end, wait: blocked };
  const call = callToken === null ? null : (model.calls.get(callToken) ?? null);
  return { kind: 'syncCall', start, end, blocked, call };
}

function isWait(span: BlockedSpan): span is Wait {
  return 'bufferName' in span;
}
