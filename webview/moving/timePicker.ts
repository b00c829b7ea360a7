import type { Ns } from '../../src/base/units';
import type { PickDrag } from '../lanePointer';
import type { PanelStore } from '../store';
import type { SurfaceLayout } from '../surfaceLayout';
import type { TimeRange } from '../timeline/range';

/** Selects a stretch of time by dragging: on the ruler, the CPU strip and, with Shift, on the lanes. */
export class TimePicker {
  /** Where the drag began: a time, since the lanes may move on below the pointer. */
  private anchor: Ns = 0;

  private readonly store: PanelStore;
  private readonly layout: SurfaceLayout;

  constructor(store: PanelStore, layout: SurfaceLayout) {
    this.store = store;
    this.layout = layout;
  }

  readonly drag = ({ fromX, toX, isFirst }: PickDrag): void => {
    const { store, layout } = this;
    if (isFirst) {
      this.anchor = layout.timeAt(fromX);
      // Whoever selects something wants it to stay where it is.
      if (store.view.value.mode === 'follow') store.view.value = { mode: 'free', ...store.range.value };
    }
    store.pick(between(this.anchor, layout.timeAt(toX), store.duration.value));
  };
}

/** Outside the run there is nothing to select. */
export function between(one: Ns, other: Ns, duration: Ns): TimeRange | null {
  const inRun = (time: Ns): Ns => Math.max(0, Math.min(duration, time));
  const from = inRun(Math.min(one, other));
  const to = inRun(Math.max(one, other));
  return to > from ? { from, to } : null;
}
