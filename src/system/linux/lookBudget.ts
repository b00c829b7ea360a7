import { threadCpuTime } from '../threadCpuTime';
import { monotonicNow, type Look } from './look';

/** Looks may take this share of one core, all together: the rest of the budget is for the threads' states. */
const SHARE = 0.009;
/** For the first look at a program that is just starting. */
const MOST_CREDIT_NS = 30e6;
/** They are spread out, so that no pass takes much longer than others: states must be named in time. */
const MOST_PER_PASS_NS = 2e6;

/** Lets looks have their turn, those due first before others, as far as the budget goes. */
export class LookBudget {
  private credit = MOST_CREDIT_NS;
  /** CPU time of the last turn, ns. */
  cost = 0;
  private last = monotonicNow();

  take(owners: Iterable<{ readonly looks: readonly Look[] }>): void {
    const begin = monotonicNow();
    this.cost = 0;
    this.credit = Math.min(MOST_CREDIT_NS, this.credit + (begin - this.last) * SHARE);
    this.last = begin;
    if (this.credit <= 0) return;
    const due: Look[] = [];
    for (const { looks } of owners) for (const look of looks) if (look.due <= begin) due.push(look);
    due.sort((a, b) => a.due - b.due);
    // CPU time: that others had the cores meanwhile costs nobody anything.
    const cpuBefore = threadCpuTime();
    const most = Math.min(this.credit, MOST_PER_PASS_NS);
    for (const look of due) {
      look.take(monotonicNow());
      this.cost = threadCpuTime() - cpuBefore;
      if (this.cost >= most) break;
    }
    this.credit -= this.cost;
  }
}
