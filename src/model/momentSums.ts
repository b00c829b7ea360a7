import type { Ns } from '../base/units';
import { ESTIMATED, TIMES_LENGTH, type IntervalColumns } from './intervalColumns';
import type { Interval, Timeline } from './timeline';

/** Indices of `liveStates`. */
const [NEW, READY, RUNNING, BLOCKED] = [0, 1, 2, 4] as const;
/** So many intervals in a row are passed one by one; beyond that the timeline's own sums are quicker. */
const MOST_STEPS = 12;

const nothing = { new: 0, ready: 0, running: 0, blocked: 0 } as const;

/**
 * How long a thread was in each state up to each of many evenly spaced moments: the difference of two is what lies between
 * them, and is exactly zero for a state that does not occur there. Made once and filled for lane after lane.
 */
export class MomentSums {
  /** The moments themselves, none beyond the ends of the life. */
  time = new Float64Array(0);
  fresh = new Float64Array(0);
  ready = new Float64Array(0);
  running = new Float64Array(0);
  blocked = new Float64Array(0);
  estimated = new Float64Array(0);
  /** Index of the interval that goes on or begins there; `timeline.length`: the tail, or nothing any more. */
  interval = new Int32Array(0);
  /** 1: it begins there. */
  begins = new Uint8Array(0);
  /** How far it was to the interval of the newest moment that was not just one of the next few. */
  private distance = 0;
  private readonly before = new Float64Array(TIMES_LENGTH);

  /**
   * Fills in the moments `from`, `from + step` … `from + count * step`; `tail` is what follows the timeline. Takes a few
   * steps a moment, however many intervals there are. Long for a function: its variables are what makes it quick.
   */
  fill(timeline: Timeline, tail: Interval | null, from: Ns, step: Ns, count: number): void {
    this.makeRoom(count + 1);
    const { time, fresh, ready, running, blocked, estimated, interval, begins, before } = this;
    const { length } = timeline;
    const columns = timeline.settledColumns();
    const lifeStart = timeline.start;
    const lifeEnd = tail?.end ?? timeline.end;
    const { ends } = columns;
    let index = -1;
    this.distance = 0;
    let [start, end, perNs] = [lifeStart, -Infinity, 0];
    // Of all intervals before the one at `index`, and of that one.
    let [pastNew, pastReady, pastRunning, pastBlocked, pastEstimated] = [0, 0, 0, 0, 0];
    let [ownNew, ownReady, ownRunning, ownBlocked, ownEstimated] = [0, 0, 0, 0, 0];
    for (let moment = 0; moment <= count; moment++) {
      const at = Math.min(lifeEnd, Math.max(lifeStart, from + moment * step));
      if (end <= at && index < length) {
        const next = index + 1;
        if (index >= 0 && next < length && (ends[next] ?? 0) > at) {
          pastNew += ownNew;
          pastReady += ownReady;
          pastRunning += ownRunning;
          pastBlocked += ownBlocked;
          pastEstimated += ownEstimated;
          index = next;
        } else {
          setTimes(before, pastNew, pastReady, pastRunning, pastBlocked, pastEstimated);
          index = this.goTo(timeline, columns, index, at);
          pastNew = before[NEW] ?? 0;
          pastReady = before[READY] ?? 0;
          pastRunning = before[RUNNING] ?? 0;
          pastBlocked = before[BLOCKED] ?? 0;
          pastEstimated = before[ESTIMATED] ?? 0;
        }
        start = columns.startOf(index);
        if (index < length) {
          end = ends[index] ?? start;
          ownNew = columns.new[index] ?? 0;
          ownReady = columns.ready[index] ?? 0;
          ownRunning = columns.running[index] ?? 0;
          ownBlocked = columns.blocked[index] ?? 0;
          ownEstimated = columns.estimates[index] === 1 ? end - start : 0;
        } else {
          end = lifeEnd;
          ({ new: ownNew, ready: ownReady, running: ownRunning, blocked: ownBlocked } = tail ?? nothing);
          ownEstimated = tail?.estimated === true ? end - start : 0;
        }
        perNs = end > start ? 1 / (end - start) : 0;
      }
      const share = Math.min(1, (at - start) * perNs);
      time[moment] = at;
      fresh[moment] = pastNew + share * ownNew;
      ready[moment] = pastReady + share * ownReady;
      running[moment] = pastRunning + share * ownRunning;
      blocked[moment] = pastBlocked + share * ownBlocked;
      estimated[moment] = pastEstimated + share * ownEstimated;
      interval[moment] = index;
      begins[moment] = at === start ? 1 : 0;
    }
  }

  /** Answers which interval comes next that does not end before `at`, and sets `before` to the sums up to it. */
  private goTo(timeline: Timeline, columns: IntervalColumns, index: number, at: Ns): number {
    const { before } = this;
    const { length } = timeline;
    let next = index + 1;
    if (index >= 0 && this.distance <= MOST_STEPS) {
      // Mostly it is one of the next few, as it was the last time.
      const last = Math.min(length, index + MOST_STEPS);
      columns.addTo(index, before);
      while (next < last && columns.endOf(next) <= at) columns.addTo(next++, before);
      if (next === length || columns.endOf(next) > at) return next;
    }
    next = timeline.nextEndingAfter(at, next);
    this.distance = next - index;
    // Sums do not reach beyond the newest interval.
    timeline.timesBefore(Math.max(0, Math.min(next, length - 1)), before);
    if (next === length && length > 0) columns.addTo(length - 1, before);
    return next;
  }

  private makeRoom(size: number): void {
    if (this.time.length >= size) return;
    this.time = new Float64Array(size);
    this.fresh = new Float64Array(size);
    this.ready = new Float64Array(size);
    this.running = new Float64Array(size);
    this.blocked = new Float64Array(size);
    this.estimated = new Float64Array(size);
    this.interval = new Int32Array(size);
    this.begins = new Uint8Array(size);
  }
}

function setTimes(into: Float64Array, fresh: Ns, ready: Ns, running: Ns, blocked: Ns, estimated: Ns): void {
  into[NEW] = fresh;
  into[READY] = ready;
  into[RUNNING] = running;
  into[BLOCKED] = blocked;
  into[ESTIMATED] = estimated;
}
