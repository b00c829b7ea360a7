/** Asking a host where generated lines come from, and its answers: both cross a trust boundary and are bounded. */

/**
 * What a host knows of one location, as the probe reported it: the original `file:line:column`, null when nothing is
 * known, and a sentence for the user on why there is none or why it cannot be opened.
 */
export type LocatedEntry = readonly [generated: string, original: string | null, problem: string | null];

/** In one question. */
export const MAX_LOCATIONS = 200;
/** Longer ones are no paths. */
export const MAX_LOCATION_LENGTH = 4200;
const MAX_PROBLEM_LENGTH = 10_000;
/** Of one answer, in characters: as JSON it has to fit a frame. */
const MAX_ANSWER_LENGTH = 100_000;

export function parseLocations(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > MAX_LOCATIONS) return null;
  return value.every(isLocation) ? value : null;
}

export function parseEntries(value: unknown): readonly LocatedEntry[] | null {
  if (!Array.isArray(value) || value.length > MAX_LOCATIONS) return null;
  return value.every(isEntry) ? value : null;
}

function isEntry(value: unknown): value is LocatedEntry {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [generated, original, problem] = value as readonly unknown[];
  return (
    isLocation(generated) &&
    (original === null || isLocation(original)) &&
    (problem === null || (typeof problem === 'string' && problem.length <= MAX_PROBLEM_LENGTH))
  );
}

function isLocation(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LOCATION_LENGTH;
}

/** Cuts an answer into such that can be sent. A map may name sources of any length: those are left out. */
export function answersOf(entries: readonly LocatedEntry[]): readonly (readonly LocatedEntry[])[] {
  const answers: LocatedEntry[][] = [];
  let length = Infinity;
  for (const entry of entries.map(sendable)) {
    const own = entry.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (length + own > MAX_ANSWER_LENGTH || answers.at(-1)?.length === MAX_LOCATIONS) {
      answers.push([]);
      length = 0;
    }
    answers.at(-1)?.push(entry);
    length += own;
  }
  return answers;
}

function sendable(entry: LocatedEntry): LocatedEntry {
  return isEntry(entry) ? entry : [entry[0], null, null];
}
