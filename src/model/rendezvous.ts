/** Beyond this many halves that wait for their other one, the one that has waited longest is given up. */
const MAX_WAITING = 100_000;

export type Half = 'sent' | 'received';

interface Waiting<T> {
  readonly half: Half;
  readonly subject: T;
}

export interface Met<T> {
  readonly sent: T;
  readonly received: T;
}

/**
 * Where the two halves of a handover meet: what one log says was sent, and what another says it received. Either may
 * be read first, and the other may never come.
 */
export class Rendezvous<T> {
  private readonly waiting = new Map<string, Waiting<T>>();

  /** Both halves, once the second one is here. */
  meet(key: string, half: Half, subject: T): Met<T> | null {
    const other = this.waiting.get(key);
    if (other === undefined) {
      this.waiting.set(key, { half, subject });
      if (this.waiting.size > MAX_WAITING) this.giveUpOldest();
      return null;
    }
    // Told twice: the first word counts.
    if (other.half === half) return null;
    this.waiting.delete(key);
    return half === 'sent'
      ? { sent: subject, received: other.subject }
      : { sent: other.subject, received: subject };
  }

  private giveUpOldest(): void {
    for (const key of this.waiting.keys()) {
      this.waiting.delete(key);
      return;
    }
  }
}
