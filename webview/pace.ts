/** Does something soon after it was asked for, but not more often than is wanted, however often it is asked for. */
export class Pace {
  private readonly act: () => void;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private actedAt = -Infinity;

  constructor(act: () => void) {
    this.act = act;
  }

  /** At once, if the last time is at least `pauseMs` ago. */
  soon(pauseMs: number): void {
    if (this.timer !== null) return;
    const left = this.actedAt + pauseMs - performance.now();
    if (left <= 0) this.now();
    else this.timer = setTimeout(() => this.now(), left);
  }

  now(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.actedAt = performance.now();
    this.act();
  }
}
