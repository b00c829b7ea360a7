/** So many items are gone through at once without anybody noticing. */
const ITEMS_PER_LOOK = 2000;

/**
 * Decides when something that must be computed as a whole is computed anew, though it changes all the time: the more
 * items it has, the more often the last result is taken for good enough. It never stays stale.
 */
export class Patience {
  private looks = 0;

  /** `isStale`: something has changed since the last time. `isFinal`: nothing will change any more. */
  isDue(isStale: boolean, items: number, isFinal: boolean): boolean {
    if (!isStale) return false;
    this.looks++;
    if (!isFinal && this.looks * ITEMS_PER_LOOK < items) return false;
    this.looks = 0;
    return true;
  }
}
