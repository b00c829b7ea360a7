import type { Ns } from '../base/units';

/** Looks may take this share of one core. */
const COST_BUDGET = 0.03;
const SMOOTHING = 0.3;
const MIN_INTERVAL: Ns = 0.5e9;
/** The program is shown as it was up to this long ago, however expensive a look is. */
const MAX_INTERVAL: Ns = 5e9;

/** How often to look, where each look has its price. */
export class LookPace {
  private meanCost: Ns | null = null;
  private next: Ns = 0;

  isDue(time: Ns): boolean {
    return time >= this.next;
  }

  /** A look that was begun at `time` cost this much; returns the time until the next one. */
  add(time: Ns, cost: Ns): Ns {
    this.meanCost = this.meanCost === null ? cost : this.meanCost + (cost - this.meanCost) * SMOOTHING;
    return this.wait(time, Math.min(MAX_INTERVAL, Math.max(MIN_INTERVAL, this.meanCost / COST_BUDGET)));
  }

  /** Not again before this much time. */
  wait(time: Ns, interval: Ns): Ns {
    this.next = time + interval;
    return interval;
  }

  /** There is something new to be seen. */
  hurry(): void {
    this.next = 0;
  }
}
