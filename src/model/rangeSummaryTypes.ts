/** What a stretch of time comes to, over all threads. Times are absolute. */
import type { Ns } from '../base/units';
import type { BlockedGroup } from './rangeSummaryBlocked';
import type { Latencies, MessageCounts } from './rangeSummaryMessages';
import type { StateTimes } from './timeline';
import type { Thread } from './types';

export interface ThreadShare extends MessageCounts {
  readonly thread: Thread;
  readonly times: StateTimes;
  readonly estimated: Ns;
  /**
   * How often its state changed at least, as recorded: borders between recorded intervals. The kernel's own context
   * switches within a stretch are not known: it tells only how many there were in all.
   */
  readonly changes: number;
}

export interface RangeSummary {
  readonly from: Ns;
  readonly to: Ns;
  /** Those alive at some time within, what ran most first. */
  readonly threads: readonly ThreadShare[];
  readonly totals: StateTimes;
  readonly estimated: Ns;
  readonly changes: number;
  readonly sent: number;
  readonly received: number;
  /** Of threads that run JavaScript: helpers of Node and shells do little but wait. What took longest first. */
  readonly blocked: readonly BlockedGroup[];
  readonly latencies: Latencies | null;
  /** Too much to look at: times of threads are exact, but some blocked time is not told by line. */
  readonly isPartial: boolean;
}
