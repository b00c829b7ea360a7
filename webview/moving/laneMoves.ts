import type { Ns } from '../../src/base/units';
import { arrowById, arrowEnds } from '../../src/model/arrows';
import { longestBlocked } from '../../src/model/explainLongest';
import type { Row } from '../../src/model/select';
import type { Interval } from '../../src/model/timeline';
import type { Thread } from '../../src/model/types';
import { selectedInterval } from '../selectedInterval';
import type { PanelStore } from '../store';
import { laneThreads } from '../timeline/lane';
import { revealing, shown, withMargin, type TimeRange } from '../timeline/range';
import { ArrowWalk } from './arrowWalk';
import { LaneIntervals, mainState } from './laneIntervals';
import { between } from './timePicker';

/** By how much of the view a key moves the end of the selected stretch of time. */
const PICK_STEP = 0.02;
/** A recording so large that it is not looked through by then gives the longest one found so far. */
const MOST_TRIES = 20;
/** How alike two views are that are taken for the same one. */
const SAME_VIEW = 0.01;

/** What is selected on the lanes, and how the keyboard gets from there to something else. Times: since the run's start. */
export class LaneMoves {
  private readonly arrows: ArrowWalk;

  private readonly store: PanelStore;
  private readonly rows: () => readonly Row[];

  constructor(store: PanelStore, rows: () => readonly Row[]) {
    this.store = store;
    this.rows = rows;
    this.arrows = new ArrowWalk(store);
  }

  private get base(): Ns {
    return this.store.model.start ?? 0;
  }

  /** The lane of the selected row, if it is one that can be walked along. */
  private get lane(): {
    readonly rowId: string;
    readonly thread: Thread;
    readonly intervals: LaneIntervals;
  } | null {
    const row = this.store.selectedRow.value;
    const [thread, ...others] = row === null ? [] : laneThreads(row);
    if (row === null || thread === undefined || others.length > 0) return null;
    return { rowId: row.id, thread, intervals: new LaneIntervals(this.store.model, thread) };
  }

  /** The interval in the middle of the view, or else the latest one. */
  enterLane(): boolean {
    const { lane, store } = this;
    if (lane === null) return false;
    const { from, to } = store.range.value;
    const { intervals } = lane;
    const middle = (from + to) / 2 + this.base;
    const found = intervals.at(intervals.indexAt(middle));
    const isThere = found !== null && found.start <= middle && middle < found.end;
    return this.select(lane.rowId, isThere ? found : intervals.at(intervals.length - 1));
  }

  step(by: -1 | 1, sameState: boolean): boolean {
    const { lane, store } = this;
    const time = store.selection.value?.time ?? null;
    if (lane === null || time === null) return false;
    const { intervals } = lane;
    const edge = this.edge(intervals, time, by);
    if (!sameState) return this.select(lane.rowId, intervals.at(edge + by));
    const here = intervals.at(edge);
    return here !== null && this.select(lane.rowId, intervals.ofState(mainState(here), edge, by));
  }

  /** The last of the intervals that are selected as one, in the direction of going on. */
  private edge(intervals: LaneIntervals, time: Ns, by: -1 | 1): number {
    const selected = selectedInterval(this.store);
    if (selected === null) return intervals.indexAt(time + this.base);
    return by > 0 ? selected.last : selected.first;
  }

  /** The next lane above or below, at the same moment, or as near to it as that thread lived. */
  otherLane(by: -1 | 1): boolean {
    const { store } = this;
    const rows = this.rows();
    const time = store.selection.value?.time ?? null;
    const id = store.selection.value?.rowId;
    if (time === null) return false;
    for (let index = rows.findIndex((row) => row.id === id) + by; ; index += by) {
      const row = rows[index];
      if (row === undefined) return false;
      const [thread, ...others] = laneThreads(row);
      if (thread === undefined || others.length > 0) continue;
      const intervals = new LaneIntervals(store.model, thread);
      const near = intervals.at(intervals.indexAt(time + this.base));
      if (near === null) continue;
      const isThere = near.start <= time + this.base && time + this.base < near.end;
      if (!isThere) return this.select(row.id, near);
      store.select(row.id, time);
      return true;
    }
  }

  /** The next or the previous Blocked interval of the lane: from the selected one on, or from the edge of the view. */
  blocked(by: -1 | 1): boolean {
    const { lane, store } = this;
    if (lane === null) return false;
    const { intervals } = lane;
    const time = store.selection.value?.time ?? null;
    const { from, to } = store.range.value;
    const index =
      time !== null
        ? this.edge(intervals, time, by)
        : intervals.indexAt(this.base + (by > 0 ? from : to)) - by;
    return this.select(lane.rowId, intervals.ofState('blocked', index, by));
  }

  longestBlocked(): boolean {
    const { store } = this;
    let found = longestBlocked(store.model, 1);
    for (let tries = 1; found.isPartial && tries < MOST_TRIES; tries++)
      found = longestBlocked(store.model, 1);
    const [longest] = found.stretches;
    if (longest === undefined) return false;
    store.revealMoment(longest.threadId, (longest.start + longest.end) / 2 - this.base);
    this.bringIntoView(longest);
    return true;
  }

  alongArrow(by: -1 | 1, goesOn: boolean): boolean {
    const interval = selectedInterval(this.store);
    return this.arrows.walk(interval, by, goesOn);
  }

  /** Selects the stretch of time that the selected interval takes, or else all that is in view. */
  pickInterval(): void {
    const { store } = this;
    const { from, to } = this.interval ?? store.range.value;
    store.pick(between(from, to, store.duration.value));
  }

  /** Moves the end of the selected stretch of time; begins one where the selected interval is, or in the middle. */
  resizePick(by: -1 | 1): void {
    const { store } = this;
    const { from, to } = store.range.value;
    const start = store.selection.value?.time ?? (from + to) / 2;
    const picked = store.picked.value ?? { from: start, to: start };
    const end = Math.max(picked.from, picked.to + by * PICK_STEP * (to - from));
    store.pick(between(picked.from, end, store.duration.value));
  }

  /** Shows what is selected; what else is selected when that is shown already; in the end the whole run. */
  fitSelection(): void {
    const { store } = this;
    const wanted = [this.interval, store.picked.value, this.arrow].flatMap((stretch) =>
      stretch === null ? [] : shown(withMargin(stretch), store.duration.value),
    );
    const now = store.range.value;
    const current = wanted.findIndex(
      (view) =>
        view.mode === 'free' &&
        Math.abs(view.from - now.from) + Math.abs(view.to - now.to) < SAME_VIEW * (now.to - now.from),
    );
    const next = wanted[current + 1];
    if (next === undefined) store.fit();
    else store.view.value = next;
  }

  /** Shows the selected interval whole, if there is one. */
  fitInterval(): boolean {
    const { interval, store } = this;
    if (interval !== null) store.view.value = shown(withMargin(interval), store.duration.value);
    return interval !== null;
  }

  /** One thing after the other is no longer selected: arrow, stretch of time, interval, row. */
  escape(): boolean {
    const { store } = this;
    const { selection, selectedArrow, picked } = store;
    if (selectedArrow.value !== null) store.selectArrow(null);
    else if (picked.value !== null) store.pick(null);
    else if (selection.value === null) return false;
    else store.select(selection.value.time === null ? null : selection.value.rowId);
    return true;
  }

  private get interval(): TimeRange | null {
    const interval = selectedInterval(this.store);
    return interval === null ? null : { from: interval.start - this.base, to: interval.end - this.base };
  }

  private get arrow(): TimeRange | null {
    const id = this.store.selectedArrow.value;
    const arrow = id === null ? null : arrowById(this.store.model, id);
    if (arrow === null) return null;
    const { from, to } = arrowEnds(arrow);
    return { from: from.time - this.base, to: to.time - this.base };
  }

  private select(rowId: string, interval: Interval | null): boolean {
    if (interval === null) return false;
    this.store.select(rowId, (interval.start + interval.end) / 2 - this.base);
    this.bringIntoView(interval);
    return true;
  }

  private bringIntoView({ start, end }: { readonly start: Ns; readonly end: Ns }): void {
    const { store } = this;
    const now = store.range.value;
    const wanted = revealing({ from: start - this.base, to: end - this.base }, now);
    if (wanted !== now) store.view.value = shown(wanted, store.duration.value);
  }
}
