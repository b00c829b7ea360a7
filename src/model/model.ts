import { LoadHistory } from './loadHistory';
import { Rendezvous } from './rendezvous';
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
    channels: new Map(),
    waits: [],
    notifies: [],
    notices: [],
    clock: { gaps: [], gapCount: 0, backwards: 0 },
    load: new LoadHistory(),
    sampler: null,
    dropped: { records: 0, bytes: 0 },
    index: {
      sources: new Map(),
      sourceOfLog: new Map(),
      byPid: new Map(),
      pidUses: new Map(),
      awaitingParent: new Map(),
      lanes: new Map(),
      endedThreads: 0,
      runStart: -Infinity,
      intervals: 0,
      coarsenedIntervals: 0,
      kills: new Map(),
      messages: {
        unplaced: new Set(),
        ports: new Rendezvous(),
        buffers: new Rendezvous(),
        bufferNodes: new Map(),
        locations: [''],
        locationNumbers: new Map(),
        nextSerial: 0,
        sharedRevision: 0,
      },
    },
  };
}
