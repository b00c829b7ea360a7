import type { Model } from './types';

/** A run of which nothing is known yet. */
export function emptyModel(): Model {
  return {
    revision: 0,
    run: null,
    start: null,
    now: 0,
    lastTick: 0,
    ended: false,
    rootExit: null,
    processes: new Map(),
    threads: new Map(),
    calls: new Map(),
    notices: [],
    sampler: null,
    dropped: { records: 0, bytes: 0 },
    index: {
      sources: new Map(),
      byPid: new Map(),
      pidUses: new Map(),
      awaitingParent: new Map(),
      lanes: new Map(),
    },
  };
}
