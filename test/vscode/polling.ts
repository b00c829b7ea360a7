import { setTimeout as sleep } from 'node:timers/promises';

export interface PollOptions {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
  /** Added to the error: what was there instead, for whoever reads the failure. */
  readonly seen?: () => Promise<string> | string;
}

/**
 * Asks until the answer is neither undefined nor false, and returns it.
 * @throws Error `Waited N s for WHAT; …` with what was seen instead.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 20_000, intervalMs = 50, seen }: PollOptions = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) break;
    await sleep(intervalMs);
  }
  const details = seen === undefined ? '' : `; ${await seen()}`;
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}${details}`);
}

/** The answer, or undefined when the page navigated away, a frame went, or the element is not there yet. */
export async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch(() => undefined);
}
