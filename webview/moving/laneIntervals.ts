/** The intervals of one lane by number, up to the end of what is known: what the keyboard walks along. */
import type { Ns } from '../../src/base/units';
import { tailInterval } from '../../src/model/select';
import { liveStates, type LiveState } from '../../src/model/states';
import type { Interval } from '../../src/model/timeline';
import type { Model, Thread } from '../../src/model/types';

export class LaneIntervals {
  readonly length: number;
  private readonly thread: Thread;
  /** From the newest sample until now. */
  private readonly tail: Interval | null;

  constructor(model: Model, thread: Thread) {
    this.thread = thread;
    this.tail = tailInterval(model, thread);
    this.length = thread.timeline.length + (this.tail === null ? 0 : 1);
  }

  at(index: number): Interval | null {
    const { timeline } = this.thread;
    if (index < 0 || index >= this.length) return null;
    return index < timeline.length ? timeline.at(index) : this.tail;
  }

  /** The one that contains an absolute time, or the nearest; -1 if there is none. */
  indexAt(time: Ns): number {
    const { timeline } = this.thread;
    if (this.tail !== null && time >= timeline.end) return this.length - 1;
    return timeline.indexAt(time);
  }

  /** The next one (`by` 1) or the previous one (-1) of a state, from an index on, itself left out. */
  ofState(state: LiveState, from: number, by: -1 | 1): Interval | null {
    for (let index = from + by; index >= 0 && index < this.length; index += by) {
      const interval = this.at(index);
      if (interval !== null && mainState(interval) === state) return interval;
    }
    return null;
  }
}

/** In which most of an interval was spent. */
export function mainState(interval: Interval): LiveState {
  return liveStates.reduce((most, state) => (interval[state] > interval[most] ? state : most));
}
