import type { Ms } from '../base/units';

const MIN_INTERVAL_MS = 20;
/** Seldom enough for five thousand threads; a thread's state is named within 250 ms as long as the budget allows. */
const MAX_INTERVAL_MS = 1000;
/**
 * Observing may take 3 % of one core. A third of that is for what the sampler reads now and then; the rest for looking at
 * every thread, and what a pass causes outside of it. With more threads it looks less often.
 */
const COST_BUDGET = 0.016;
/** What it costs to wake up for a pass, besides the pass. */
const WAKE_UP_MS = 0.1;
/** A single expensive pass (a burst of new processes) says little: the mean over this time decides. */
const MEAN_OVER_MS = 400;
/**
 * CPU time that may be spent in advance: while a program starts, most happens in it, and our own code is slow as yet. As
 * this is used up, the rate goes down to what the budget allows for good.
 */
const MOST_CREDIT_MS = 30;

/** How often to look: as often as the budget allows. */
export class SamplingRate {
  private meanCost: Ms = 0;
  private credit: Ms = MOST_CREDIT_MS;

  /** Time to wait until the next pass. */
  get interval(): Ms {
    const affordable = (this.meanCost + WAKE_UP_MS) / COST_BUDGET;
    const used = 1 - Math.max(0, this.credit) / MOST_CREDIT_MS;
    const wanted = MIN_INTERVAL_MS + Math.max(0, affordable - MIN_INTERVAL_MS) * used;
    return Math.min(MAX_INTERVAL_MS, wanted);
  }

  /** CPU time that a pass has taken, which came after one `interval`. */
  add(cost: Ms): void {
    const earned = (this.interval + cost) * COST_BUDGET;
    this.credit = Math.min(MOST_CREDIT_MS, this.credit + earned - cost - WAKE_UP_MS);
    const weight = Math.min(1, (this.interval + cost) / MEAN_OVER_MS);
    this.meanCost += (cost - this.meanCost) * weight;
  }
}
