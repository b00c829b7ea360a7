import type { Ns } from '../base/units';
import type { Port } from './channelTypes';
import { LARGEST_STEP_BACK } from './messageColumns';
import { inOrder, mergeRuns, type TimedRun } from './sortedRuns';
import { sourcesOf, visitNewPorts } from './threadPorts';
import type { Model, SourceState, Thread } from './types';

/** One number for a port of the thread and a place in its columns. */
const PLACES = 2 ** 32;
const INITIAL_CAPACITY = 16;

interface PortProgress {
  readonly port: Port;
  /** How many entries of its columns are in the list, and how often these had been rewritten by then. */
  consumed: number;
  rewrites: number;
}

/**
 * The messages that a thread handled, over all its ports, by time: 20 bytes each, made when first asked for and then
 * only appended to.
 */
export class HandledMessages {
  length = 0;
  private times = new Float64Array(INITIAL_CAPACITY);
  private refs = new Float64Array(INITIAL_CAPACITY);
  /** The message within whose handling this one was delivered, -1 for none. */
  private parents = new Int32Array(INITIAL_CAPACITY);
  private readonly ports: PortProgress[] = [];
  private readonly portsSeen = new Map<SourceState['ports'], number>();
  private revision = -1;

  /** Takes in what came since the last time. */
  update(model: Model, thread: Thread): void {
    if (model.revision === this.revision) return;
    this.revision = model.revision;
    for (const source of sourcesOf(model, thread.id)) {
      visitNewPorts(source, this.portsSeen.get(source.ports) ?? 0, (port) => {
        if (port.threadId === thread.id) this.ports.push({ port, consumed: 0, rewrites: 0 });
      });
      this.portsSeen.set(source.ports, source.ports.size);
    }
    const news: TimedRun[] = [];
    this.ports.forEach((progress, index) => {
      const run = this.newsOf(progress, index);
      if (run !== null) news.push(run);
    });
    if (news.length > 0) this.append(mergeRuns(news));
  }

  start(index: number): Ns {
    return this.times[index] ?? 0;
  }

  /** Infinity while its handlers run; its start where their end was never told. */
  end(index: number): Ns {
    const ref = this.refs[index] ?? 0;
    const number = Math.floor(ref / PLACES);
    const place = ref - number * PLACES;
    const columns = this.ports[number]?.port.receiving.columns ?? null;
    const duration = columns?.duration(place) ?? null;
    if (duration !== null) return this.start(index) + duration;
    return place + 1 === columns?.length ? Infinity : this.start(index);
  }

  parent(index: number): number {
    return this.parents[index] ?? -1;
  }

  at(index: number): { readonly port: Port; readonly place: number } {
    const ref = this.refs[index] ?? 0;
    const progress = this.ports[Math.floor(ref / PLACES)];
    if (progress === undefined) throw new RangeError(`There is no message ${index}`);
    return { port: progress.port, place: ref % PLACES };
  }

  private newsOf(progress: PortProgress, index: number): TimedRun | null {
    const { columns } = progress.port.receiving;
    if (columns === null) return null;
    if (columns.rewrites !== progress.rewrites) {
      progress.rewrites = columns.rewrites;
      // One was put among the newest, and those after it now have other places.
      progress.consumed = Math.max(0, progress.consumed - LARGEST_STEP_BACK);
      this.forget(index * PLACES + progress.consumed, (index + 1) * PLACES);
    }
    const count = columns.length - progress.consumed;
    if (count <= 0) return null;
    const first = progress.consumed;
    progress.consumed = columns.length;
    const times = new Float64Array(count);
    const refs = new Float64Array(count);
    for (let place = 0; place < count; place++) {
      times[place] = columns.time(first + place);
      refs[place] = index * PLACES + first + place;
    }
    return inOrder({ times, refs });
  }

  private forget(lowestRef: number, refsEnd: number): void {
    let kept = 0;
    let firstLost = this.length;
    for (let index = 0; index < this.length; index++) {
      const ref = this.refs[index] ?? 0;
      if (ref >= lowestRef && ref < refsEnd) {
        firstLost = Math.min(firstLost, index);
        continue;
      }
      this.times[kept] = this.times[index] ?? 0;
      this.refs[kept++] = ref;
    }
    this.length = kept;
    this.nest(firstLost);
  }

  private append(news: TimedRun): void {
    const [earliest = Infinity] = news.times;
    let first = this.length;
    while (first > 0 && this.start(first - 1) > earliest) first--;
    const tail = { times: this.times.slice(first, this.length), refs: this.refs.slice(first, this.length) };
    const { times, refs } = mergeRuns([tail, news]);
    const length = first + times.length;
    if (length > this.times.length) this.grow(length);
    this.times.set(times, first);
    this.refs.set(refs, first);
    this.length = length;
    this.nest(first);
  }

  private grow(length: number): void {
    const capacity = Math.max(length, Math.ceil(this.times.length * 1.5));
    const [times, refs, parents] = [this.times, this.refs, this.parents];
    this.times = new Float64Array(capacity);
    this.refs = new Float64Array(capacity);
    this.parents = new Int32Array(capacity);
    this.times.set(times);
    this.refs.set(refs);
    this.parents.set(parents);
  }

  private nest(first: number): void {
    for (let index = first; index < this.length; index++) {
      let parent = index - 1;
      while (parent >= 0 && this.end(parent) <= this.start(index)) parent = this.parent(parent);
      this.parents[index] = parent;
    }
  }
}

const lists = new WeakMap<Thread, HandledMessages>();

/** Up to date. */
export function handledMessages(model: Model, thread: Thread): HandledMessages {
  let list = lists.get(thread);
  if (list === undefined) lists.set(thread, (list = new HandledMessages()));
  list.update(model, thread);
  return list;
}
