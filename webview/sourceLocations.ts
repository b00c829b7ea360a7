/** Which lines of source the recorded locations come from, as far as the host has told. Knows nothing of the DOM. */
import { signal, type Signal } from '@preact/signals-core';
import { MAX_LOCATIONS, MAX_LOCATION_LENGTH, type LocatedEntry } from '../src/protocol/locating';

/** A place as it is shown. */
export interface SourcePlace {
  /** `file:line:column` as somebody wrote it; as recorded when nothing better is known. */
  readonly location: string;
  /** Where it ran, if that was elsewhere. */
  readonly generated: string | null;
  /** Why there is no original, or why it cannot be opened; a sentence. */
  readonly problem: string | null;
}

/** Least time between two questions. */
const PAUSE_MS = 100;
/** Of one question as JSON, in characters: cviz takes messages of up to 64 KB. */
const MAX_QUESTION_LENGTH = 20_000;
const MAX_KNOWN = 10_000;

/**
 * Asks for what is shown and not known yet: many at once and not too often. An answer may never come (the page was
 * hidden): then the places stay as recorded.
 */
export class SourceLocations {
  private readonly known = new Map<string, Signal<LocatedEntry | null>>();
  private readonly wanted = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private askedAt = -Infinity;

  private readonly ask: (locations: readonly string[]) => void;

  constructor(ask: (locations: readonly string[]) => void) {
    this.ask = ask;
  }

  /** Whoever reads it in a computed or a component is told when the answer has come. */
  place(location: string): SourcePlace {
    const [, original = null, problem = null] = this.entry(location).value ?? [];
    return original === null || original === location
      ? { location, generated: null, problem }
      : { location: original, generated: location, problem };
  }

  receive(entries: readonly LocatedEntry[]): void {
    for (const entry of entries) {
      const known = this.known.get(entry[0]);
      if (known !== undefined) known.value = entry;
    }
  }

  /** Another run: its files may have been built anew. */
  clear(): void {
    this.known.clear();
    this.wanted.clear();
  }

  private entry(location: string): Signal<LocatedEntry | null> {
    const known = this.known.get(location);
    if (known !== undefined) return known;
    const entry = signal<LocatedEntry | null>(null);
    this.known.set(location, entry);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_KNOWN) break;
      this.known.delete(oldest);
    }
    if (location.length <= MAX_LOCATION_LENGTH) {
      this.wanted.add(location);
      this.askSoon();
    }
    return entry;
  }

  private askSoon(): void {
    if (this.timer !== null || this.wanted.size === 0) return;
    const delay = Math.max(0, this.askedAt + PAUSE_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.askNow();
      this.askSoon();
    }, delay);
  }

  private askNow(): void {
    const question: string[] = [];
    let length = 0;
    for (const location of this.wanted) {
      length += JSON.stringify(location).length + 1;
      if (question.length > 0 && (length > MAX_QUESTION_LENGTH || question.length === MAX_LOCATIONS)) break;
      question.push(location);
      this.wanted.delete(location);
    }
    if (question.length === 0) return;
    this.askedAt = performance.now();
    this.ask(question);
  }
}
