import type { Ns } from '../base/units';
import { TimedArrows, type ArrowRoute } from './arrowRoute';
import type { Arrow, WakeArrow } from './arrowTypes';
import { Patience } from './patience';
import type { Model } from './types';
import { waitViews, type WaitView } from './waits';

/** Who woke whom, by pairs of threads. */
export class WakeRoutes {
  routes: readonly ArrowRoute[] = [];
  private views: readonly WaitView[] = [];
  private stamp = -1;
  private readonly patience = new Patience();

  /** True when the routes are others than before. */
  update(model: Model): boolean {
    const stamp = model.index.messages.sharedRevision + model.index.endedThreads;
    const isStale = stamp !== this.stamp && model.notifies.length > 0;
    if (!this.patience.isDue(isStale, model.waits.length + model.notifies.length, model.ended)) return false;
    this.stamp = stamp;
    this.views = waitViews(model);
    this.routes = routesOf(this.views);
    return true;
  }

  /** The arrow to the end of a thread's wait. */
  arrow(threadId: string, start: Ns): WakeArrow | null {
    const { views } = this;
    let low = 0;
    let high = views.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((views[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    for (let view = views[low]; view?.start === start; view = views[++low]) {
      if (view.threadId === threadId) return arrowOf(view);
    }
    return null;
  }
}

/** Sums of durations may miss an edge by less. */
const EDGE: Ns = 1e3;

function routesOf(views: readonly WaitView[]): ArrowRoute[] {
  const byWaker = new Map<string, Map<string, number[]>>();
  views.forEach(({ threadId, end, wokenBy }, ref) => {
    if (wokenBy === null || end === null) return;
    let ofWaker = byWaker.get(wokenBy.threadId);
    if (ofWaker === undefined) byWaker.set(wokenBy.threadId, (ofWaker = new Map<string, number[]>()));
    const known = ofWaker.get(threadId);
    if (known === undefined) ofWaker.set(threadId, [ref]);
    else known.push(ref);
  });
  return [...byWaker].flatMap(([from, ofWaker]) =>
    [...ofWaker].map(([to, refs]) => new WakeRoute(from, to, refs, views)),
  );
}

class WakeRoute implements ArrowRoute {
  private readonly times: TimedArrows;
  /** The waits that they end. */
  private readonly waits: TimedArrows;

  /** `refs` are places in `views`, of waits that have ended. */
  constructor(
    readonly from: string,
    readonly to: string,
    refs: readonly number[],
    private readonly views: readonly WaitView[],
  ) {
    const pairs = (begin: (view: WaitView | undefined) => Ns): TimedArrows =>
      new TimedArrows(refs.map((ref) => ({ start: begin(views[ref]), end: views[ref]?.end ?? 0, ref })));
    this.times = pairs((view) => view?.wokenBy?.time ?? 0);
    this.waits = pairs((view) => view?.start ?? 0);
  }

  count(from: Ns, to: Ns): number {
    return this.times.count(from, to);
  }

  visit(_model: Model, from: Ns, to: Ns, visit: (arrow: Arrow) => boolean): void {
    this.times.visit(from, to, (ref) => this.show(ref, visit));
  }

  visitEnds(_model: Model, at: 'from' | 'to', start: Ns, end: Ns, visit: (arrow: Arrow) => boolean): void {
    // It ends the wait, and what came before it ran again: so it belongs to those intervals, not to the one that follows.
    if (at === 'to') this.waits.visit(start + EDGE, end, (ref) => this.show(ref, visit));
    else this.times.visitEnds(at, start, end, (ref) => this.show(ref, visit));
  }

  countBefore(at: 'from' | 'to', time: Ns): number {
    return this.times.countBefore(at, time);
  }

  private show(ref: number, visit: (arrow: Arrow) => boolean): boolean {
    const view = this.views[ref];
    const arrow = view === undefined ? null : arrowOf(view);
    return arrow === null || visit(arrow);
  }
}

function arrowOf(wait: WaitView): WakeArrow | null {
  const { wokenBy, end, threadId, start } = wait;
  if (wokenBy === null || end === null) return null;
  return {
    kind: 'wake',
    id: `wake ${threadId} ${start}`,
    from: { threadId: wokenBy.threadId, time: wokenBy.time },
    to: { threadId, time: end },
    wait,
    notify: wokenBy,
  };
}
