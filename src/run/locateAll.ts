import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SourceMaps } from './sourceMaps';

/** Reading and decoding a map takes a while: between two locations others have their turn. */
const TURN_MS = 20;

/** What is known of each location, in the form in which a page is told. */
export async function locateAll(
  sourceMaps: SourceMaps,
  locations: readonly string[],
): Promise<(readonly [location: string, original: string | null, problem: string | null])[]> {
  const entries: (readonly [string, string | null, string | null])[] = [];
  let since = performance.now();
  for (const location of locations) {
    const { original, problem } = sourceMaps.locate(location);
    entries.push([location, original, problem]);
    if (performance.now() - since < TURN_MS) continue;
    await nextTurn();
    since = performance.now();
  }
  return entries;
}
