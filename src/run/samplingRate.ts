import type { Ms } from '../base/units';

const MIN_INTERVAL_MS = 20;
/** Seldom enough for five thousand threads; a thread's state is named within 250 ms as long as the budget allows. */
const MAX_INTERVAL_MS = 1000;
/** Observing may take 3 % of one core, with what a pass causes outside of it; with more threads it looks less often. */
const COST_BUDGET = 0.026;
/** What it costs to wake up for a pass, besides the pass. */
const WAKE_UP_MS = 0.1;
/** A single expensive pass (the first ones, a burst of new processes) says little: the mean over this time decides. */
const MEAN_OVER_MS = 400;

/** How often to look: as often as the budget allows. */
export class SamplingRate {
  private meanCost: Ms = 0;

  /** Time to wait until the next pass. */
  get interval(): Ms {
    const affordable = (this.meanCost + WAKE_UP_MS) / COST_BUDGET;
    return Math.min(MAX_INTERVAL_MS, Math.max(MIN_INTERVAL_MS, affordable));
  }

  /** CPU time that a pass has taken. */
  add(cost: Ms): void {
    const weight = Math.min(1, (this.interval + cost) / MEAN_OVER_MS);
    this.meanCost += (cost - this.meanCost) * weight;
  }
}
