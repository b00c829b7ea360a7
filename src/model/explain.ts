/** Answers why a thread did what it did at a moment, as far as anything is known of it. */
import type { Ns } from '../base/units';
import { explainBlocked } from './explainBlocked';
import { explainIdle } from './explainIdle';
import { deliveriesWithin } from './explainMessages';
import { spanIndexAt, stretchAfter, stretchAt, type Stretch } from './explainStretch';
import { competitionFor } from './explainTimes';
import type { EndExplanation, Explanation, Next, Part, RunningPart } from './explainTypes';
import { callOf, isJavaScript } from './select';
import { liveStates, type LiveState } from './states';
import type { Model, Thread } from './types';
import { waitViews, type WaitView } from './waits';

/** States that took less of a stretch than this are not worth a sentence. */
const NOTABLE_SHARE = 0.1;

/**
 * Null where nothing is known of that moment. `waits` are the run's waits in order of time: a live view passes those it
 * has, as old as they are, since collecting them anew takes long in a run with very many.
 */
export function explain(
  model: Model,
  thread: Thread,
  time: Ns,
  waits: readonly WaitView[] = waitViews(model),
): Explanation | null {
  if (thread.end !== null && time >= thread.end) return explainEnd(model, thread, thread.end);
  const stretch = stretchAt(model, thread, time);
  if (stretch === null) return null;
  const { start, end, times } = stretch;
  const notable = liveStates.filter(
    (state) => state === stretch.state || times[state] >= (end - start) * NOTABLE_SHARE,
  );
  const parts = notable
    .toSorted((a, b) => times[b] - times[a])
    .map((state) => explainPart(model, thread, stretch, state, waits));
  return { kind: 'life', thread, stretch, parts, next: nextOf(model, thread, stretch) };
}

function explainPart(
  model: Model,
  thread: Thread,
  stretch: Stretch,
  state: LiveState,
  waits: readonly WaitView[],
): Part {
  const { start, end, times } = stretch;
  const time = times[state];
  switch (state) {
    case 'new': {
      const subject = thread.kind === 'worker' ? thread : model.processes.get(thread.processId);
      return { state, time, call: subject === undefined ? null : callOf(model, subject) };
    }
    case 'ready':
      return { state, time, competition: competitionFor(model, thread, start, end) };
    case 'running':
      return explainRunning(model, thread, stretch);
    case 'waiting':
      return explainIdle(model, thread, stretch);
    case 'blocked':
      return explainBlocked(model, thread, stretch, waits);
  }
}

function explainRunning(model: Model, thread: Thread, stretch: Stretch): RunningPart {
  const { start, end, times } = stretch;
  const { last } = thread;
  const isLookedAt = last !== null && last.time >= start && last.time <= end;
  return {
    state: 'running',
    time: times.running,
    deliveries: deliveriesWithin(model, thread, start, end),
    longTask: longestTask(thread, start, end),
    isStartUp: isStartUp(thread, stretch),
    cpuNumber: isLookedAt ? last.cpuNumber : null,
    isJavaScript: isJavaScript(model, thread),
  };
}

function longestTask({ longTasks }: Thread, start: Ns, end: Ns): Ns | null {
  let longest: Ns | null = null;
  for (let index = spanIndexAt(longTasks, end); index >= 0; index--) {
    const task = longTasks[index];
    if (task === undefined || task.end <= start) break;
    longest = Math.max(longest ?? 0, task.end - task.start);
  }
  return longest;
}

/** Start-up in small steps is followed this far. */
const MOST_STEPS = 64;

function isStartUp({ timeline, jsStart }: Thread, { start, first }: Stretch): boolean {
  if (jsStart === null || start < jsStart) return false;
  const from = Math.max(0, timeline.indexAt(jsStart));
  if (first - from > MOST_STEPS) return false;
  for (let index = from; index < first; index++) {
    const { reason, waiting } = timeline.at(index);
    if (waiting > 0 && reason === 'eventLoop') return false;
  }
  return true;
}

function nextOf(model: Model, thread: Thread, stretch: Stretch): Next | null {
  if (stretch.isOpen) return null;
  const next = stretchAfter(model, thread, stretch);
  if (next === null) return thread.end === null ? null : { kind: 'end' };
  const { state, isPure, start, end } = next;
  return { kind: 'state', state, isPure, duration: end - start };
}

function explainEnd(model: Model, thread: Thread, end: Ns): EndExplanation {
  const process = model.processes.get(thread.processId);
  // A main thread ends with its process, and the other way round.
  const isMain = thread.kind === 'main';
  return {
    kind: 'end',
    thread,
    end,
    exit: thread.exit ?? (isMain ? (process?.exit ?? null) : null),
    endedBy: thread.endedBy ?? process?.killedBy ?? null,
    exitLocation: thread.exitLocation,
    error: thread.error,
  };
}
