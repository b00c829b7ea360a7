import type { Ns } from '../base/units';
import type { ArrowFilter, SpawnArrow } from './arrowTypes';
import type { Call, Model, Thread } from './types';

interface Spawn {
  readonly call: Call;
  readonly caller: string;
  readonly created: Thread;
}

/**
 * Calls that made a process or a worker, in order of time. There are thousands at most, so a stretch of time is found
 * by going through all of them.
 */
export class SpawnArrows {
  private readonly spawns: Spawn[] = [];
  /** Calls whose process or worker is not known yet. */
  private pending: Call[] = [];
  private callsSeen = 0;

  update(model: Model): void {
    if (model.calls.size > this.callsSeen) {
      let place = 0;
      for (const call of model.calls.values()) if (place++ >= this.callsSeen) this.pending.push(call);
      this.callsSeen = model.calls.size;
    }
    const known = this.spawns.length;
    this.pending = this.pending.filter((call) => {
      const spawn = spawnOf(model, call);
      if (spawn !== null) this.spawns.push(spawn);
      return spawn === null;
    });
    if (this.spawns.length > known) this.spawns.sort((a, b) => a.call.time - b.call.time);
  }

  count(model: Model, from: Ns, to: Ns, filter: ArrowFilter): number {
    let count = 0;
    this.visitWithin(model, from, to, filter, () => ++count > 0);
    return count;
  }

  /** Visits those under way within [from, to], until told to stop by `false`. */
  visit(model: Model, from: Ns, to: Ns, filter: ArrowFilter, visit: (arrow: SpawnArrow) => boolean): void {
    this.visitWithin(model, from, to, filter, (spawn) => visit(arrowOf(spawn)));
  }

  private visitWithin(
    model: Model,
    from: Ns,
    to: Ns,
    { touching, accepts }: ArrowFilter,
    visit: (spawn: Spawn) => boolean,
  ): void {
    for (const spawn of this.spawns) {
      if (spawn.call.time >= to) return;
      const { caller, created } = spawn;
      if (Math.max(created.start, spawn.call.time) < from) continue;
      const touches = touching === null || touching.has(caller) || touching.has(created.id);
      // It may have turned out to be a thread already known.
      const isGone = model.threads.get(created.id) !== created;
      if (touches && !isGone && accepts(caller, created.id) && !visit(spawn)) return;
    }
  }
}

export function spawnArrow(model: Model, call: Call): SpawnArrow | null {
  const spawn = spawnOf(model, call);
  return spawn === null ? null : arrowOf(spawn);
}

function spawnOf(model: Model, call: Call): Spawn | null {
  const { threadId, processId, createdThreadId } = call;
  if (threadId === null) return null;
  const created =
    processId === null
      ? createdThreadId === null
        ? undefined
        : model.threads.get(createdThreadId)
      : model.processes.get(processId)?.threads[0];
  return created === undefined ? null : { call, caller: threadId, created };
}

function arrowOf({ call, caller, created }: Spawn): SpawnArrow {
  return {
    kind: 'spawn',
    id: `spawn ${call.token}`,
    from: { threadId: caller, time: call.time },
    // The process may have been seen before the call was told of.
    to: { threadId: created.id, time: Math.max(created.start, call.time) },
    call,
    created,
  };
}
