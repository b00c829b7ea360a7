import type { Model } from '../../src/model/types';

/** Figures that change more often than this cannot be read, and rendering them takes time from the lanes. */
const PACE_MS = 200;

/** Which state of a live model the figures beside the lanes show: a new one only now and then. */
export class FigurePace {
  private shown: { readonly model: Model; readonly revision: number; readonly at: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  private readonly isDue: () => void;

  /** `isDue` is called when a newer state may be shown. */
  constructor(isDue: () => void) {
    this.isDue = isDue;
  }

  /** The revision that is to be shown now. */
  revision(model: Model): number {
    const { shown } = this;
    const now = performance.now();
    const left = shown === null ? 0 : shown.at + PACE_MS - now;
    if (shown?.model !== model || model.ended || left <= 0) {
      this.shown = { model, revision: model.revision, at: now };
      return model.revision;
    }
    if (shown.revision !== model.revision) {
      this.timer ??= setTimeout(() => {
        this.timer = null;
        this.isDue();
      }, left);
    }
    return shown.revision;
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
