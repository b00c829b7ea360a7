import type { Ns } from '../../src/base/units';
import { arrowById, arrowEnds, arrowsOfInterval } from '../../src/model/arrows';
import type { Thread } from '../../src/model/types';
import type { Selection } from '../savedState';
import type { PanelStore } from '../store';
import type { ArrowId } from '../timeline/scene';

/** An interval, absolute times. */
export interface Place {
  readonly thread: Thread;
  readonly start: Ns;
  readonly end: Ns;
}

/** Walks along arrows: from an interval to where its arrows come from and go to. */
export class ArrowWalk {
  /** Where the last walk led, and which other arrows there were to choose from. */
  private last: {
    readonly by: -1 | 1;
    readonly ids: readonly ArrowId[];
    readonly index: number;
    readonly landed: Selection | null;
  } | null = null;

  private readonly store: PanelStore;

  constructor(store: PanelStore) {
    this.store = store;
  }

  /**
   * Along the newest arrow into a place (`by` -1) or the first one out of it (1). Again: along the next one of the same
   * place, if there are several and `goesOn` is false. Answers whether there was one.
   */
  walk(place: Place | null, by: -1 | 1, goesOn: boolean): boolean {
    const { store, last } = this;
    const isAgain = last?.by === by && last.landed === store.selection.value && last.ids.length > 1;
    if (isAgain && !goesOn) return this.follow(last.ids, (last.index + 1) % last.ids.length, by);
    // An arrow that was clicked has ends of its own.
    const clicked = place === null ? store.selectedArrow.value : null;
    if (clicked !== null) return this.follow([clicked], 0, by);
    if (place === null) return false;
    const arrows = arrowsOfInterval(store.model, place.thread, place.start, place.end);
    return this.follow(by < 0 ? arrows.incoming.toReversed() : arrows.outgoing, 0, by);
  }

  private follow(ids: readonly ArrowId[], index: number, by: -1 | 1): boolean {
    const { store } = this;
    const id = ids[index];
    const arrow = id === undefined ? null : arrowById(store.model, id);
    if (id === undefined || arrow === null) return false;
    const end = arrowEnds(arrow)[by < 0 ? 'from' : 'to'];
    store.revealMoment(end.threadId, end.time - (store.model.start ?? 0));
    store.selectArrow(id);
    this.last = { by, ids, index, landed: store.selection.value };
    return true;
  }
}
