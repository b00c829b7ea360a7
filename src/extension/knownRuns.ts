/**
 * Which script a page's run was of: a page that VS Code brings back after a reload of the window knows no more than
 * its run's number. Kept in the workspace's state; of unknown shape when it is read back.
 */
export interface KnownRun {
  readonly runId: number;
  /** Absolute path. */
  readonly script: string;
}

/** Nobody has more panels open than this. */
const MAX_KNOWN_RUNS = 50;

export function withRun(known: unknown, run: KnownRun): KnownRun[] {
  return [...parseKnownRuns(known), run].slice(-MAX_KNOWN_RUNS);
}

/** The script of the run in a page's saved state; null if the state or the run is not ours. */
export function scriptOfRun(known: unknown, pageState: unknown): string | null {
  const runId = isObject(pageState) ? pageState['runId'] : undefined;
  return parseKnownRuns(known).findLast((run) => run.runId === runId)?.script ?? null;
}

function parseKnownRuns(value: unknown): KnownRun[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (!isObject(item)) return [];
    const { runId, script } = item;
    return typeof runId === 'number' && typeof script === 'string' ? [{ runId, script }] : [];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
