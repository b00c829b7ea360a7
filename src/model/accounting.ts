import { NS_PER_SECOND, type Ns } from '../base/units';
import { timeInWaits, totalOf, waitsWithin, type KnownWait } from './knownWaits';
import { isJavaScript } from './select';
import { isBlocking, type WaitReason } from './states';
import type { Timeline } from './timeline';
import type { LastLook, Model, Thread } from './types';

/**
 * Turns looks at a thread (cumulated CPU and run-queue time, and what it was doing at that moment) into the
 * intervals of its timeline. The invariant: intervals have no gaps, and running and ready are the kernel's figures.
 */
export function addLook(model: Model, thread: Thread, look: LastLook): void {
  if (!isNews(thread, look)) return;
  extendSleep(model, thread, Math.min(model.lastTick, sleptUntil(thread, look)));
  closeAt(model, thread, look);
  thread.last = look;
}

/**
 * Like `addLook`, for a look from outside at an arbitrary moment. A wait for a CPU is added to the kernel's counter
 * only when it is over: as long as the thread is in one, what is not accounted for is not sleep but that wait, so
 * the stretch stays open until a later look tells.
 */
export function addSample(model: Model, thread: Thread, look: LastLook): void {
  if (!isNews(thread, look)) return;
  discountSleep(model, thread, look);
  extendSleep(model, thread, Math.min(model.lastTick, sleptUntil(thread, look)));
  if (!mayBeQueued(thread, look)) closeAt(model, thread, look);
  thread.last = look;
}

/**
 * What a thread's own event loop tells where the system tells nothing of single threads: how long it was idle so far. It
 * was on a CPU, or waiting for one, when it was neither idle nor in a wait that is known.
 */
export function addLoopIdle(model: Model, thread: Thread, time: Ns, loopIdle: Ns): void {
  const start = thread.timeline.end;
  if (thread.end !== null || time <= start) return;
  const idle = Math.max(0, loopIdle - thread.loopIdle);
  thread.loopIdle = Math.max(thread.loopIdle, loopIdle);
  const busy = Math.max(0, time - start - timeInWaits(thread, start, time) - idle);
  addEstimate(model, thread, time, busy, 'eventLoop');
}

/** The same where the system tells of a whole process only how long it was on a CPU so far. */
export function addProcessTime(model: Model, main: Thread, time: Ns, cpu: Ns): void {
  if (main.end !== null || time <= main.timeline.end) return;
  addEstimate(model, main, time, Math.max(0, cpu - main.timeline.totalRunning), 'unknown');
}

function addEstimate(model: Model, thread: Thread, time: Ns, busy: Ns, reason: WaitReason): void {
  const start = thread.timeline.end;
  addInterval(model, thread, { end: time, cpu: busy, queued: 0, reason, estimated: true });
  thread.last = {
    time,
    cpu: thread.timeline.totalRunning,
    runQueue: 0,
    runnable: busy > (time - start) / 2 ? 'running' : null,
    isQueued: false,
    reason,
    estimated: true,
    systemCall: null,
    cpuNumber: null,
    majorFaults: null,
  };
}

/** It is runnable, and the kernel has not counted all of the time: some of that may be a wait for a CPU under way. */
function mayBeQueued(thread: Thread, look: LastLook): boolean {
  if (look.runnable === null) return false;
  const start = thread.timeline.end;
  const duration = look.time - start;
  if (!look.isQueued && duration >= MAX_OPEN) return false;
  const counted = uncountedCpu(thread, look) + uncountedQueue(thread, look);
  return counted + timeInWaits(thread, start, look.time) < duration * ACCOUNTED_SHARE;
}

const ACCOUNTED_SHARE = 0.95;
const MAX_OPEN: Ns = 0.2 * NS_PER_SECOND;

function isNews(thread: Thread, look: LastLook): boolean {
  return thread.end === null && look.time >= thread.timeline.end && look.time > (thread.last?.time ?? 0);
}

/**
 * Until when a thread that was asleep can have slept at most. That it was woken and waits for a CPU shows in the kernel's
 * counters only when that wait is over.
 */
function sleptUntil(thread: Thread, look: LastLook): Ns {
  return look.time - uncountedCpu(thread, look) - uncountedQueue(thread, look);
}

/** A thread that was asleep and has no sample in the passes since then slept on until the last of them. */
function extendSleep(model: Model, thread: Thread, until: Ns): void {
  if (thread.last?.runnable !== null || until <= thread.timeline.end) return;
  const { reason, estimated } = thread.last;
  addInterval(model, thread, { end: until, cpu: 0, queued: 0, reason, estimated });
}

/** On a CPU by the kernel's count, and not in the timeline yet. */
function uncountedCpu(thread: Thread, look: LastLook): Ns {
  return Math.max(0, look.cpu - thread.timeline.totalRunning);
}

/** The same of the time spent waiting for a CPU. */
function uncountedQueue(thread: Thread, look: LastLook): Ns {
  return Math.max(0, look.runQueue - thread.sleepCountedAsQueue - thread.timeline.totalReady);
}

/** The sampler makes sure at least this often that a thread whose counters stand still is asleep. */
const SLEEP_VERIFIED: Ns = 0.3 * NS_PER_SECOND;

/**
 * Linux since 6.12 leaves a thread that falls asleep in the run queue for a while, and when it is moved to another CPU
 * meanwhile, counts the sleep as a wait for a CPU. A thread that was seen asleep since then was not waiting.
 */
function discountSleep(model: Model, thread: Thread, look: LastLook): void {
  const { last } = thread;
  if (last === null || last.runnable !== null || last.estimated) return;
  const asleep = Math.max(last.time, model.lastTick - SLEEP_VERIFIED);
  thread.sleepCountedAsQueue += Math.max(0, uncountedQueue(thread, look) - (look.time - asleep));
}

function closeAt(model: Model, thread: Thread, look: LastLook): void {
  addInterval(model, thread, {
    end: look.time,
    cpu: uncountedCpu(thread, look),
    queued: uncountedQueue(thread, look),
    reason: look.reason,
    // In ticks of some milliseconds, waits for a CPU are not counted at all.
    estimated: model.sampler?.precision === 'ticks',
  });
}

/** Accounts for the time up to `time`, of which nothing but the end is known, and ends the thread. */
export function endThread(model: Model, thread: Thread, time: Ns): void {
  if (thread.end !== null) return;
  const { timeline, last } = thread;
  const end = Math.max(time, timeline.end);
  if (last !== null && last.time > timeline.end) closeOpen(model, thread, last, Math.min(last.time, end));
  extendSleep(model, thread, Math.min(model.lastTick, end));
  const tail = end - timeline.end;
  if (tail > 0) {
    // Nobody looked again. A thread asleep was asleep most likely; one on its way out wanted to run, and got as much
    // of a CPU as before.
    const hasBegun = thread.jsStart !== null || !isJavaScript(model, thread);
    const wasAsleep = last?.runnable === null || !hasBegun;
    const active = wasAsleep ? 0 : tail - timeInWaits(thread, timeline.end, end);
    const cpu = active * runningShare(thread);
    addInterval(model, thread, {
      end,
      cpu,
      queued: active - cpu,
      reason: last?.reason ?? 'unknown',
      estimated: true,
    });
  }
  for (const span of thread.blockedSpans) span.end ??= Math.max(end, span.start);
  thread.end = end;
  model.index.endedThreads++;
}

/** Of the time in which it could run, the share in which it did, in the newest interval that says so. */
function runningShare({ timeline }: Thread): number {
  for (let index = timeline.length - 1; index >= 0; index--) {
    const { running, ready } = timeline.at(index);
    if (running + ready > 0) return running / (running + ready);
  }
  return 1;
}

/** Ended in the middle of a wait for a CPU: what the kernel has not counted yet is that wait. */
function closeOpen(model: Model, thread: Thread, last: LastLook, end: Ns): void {
  const cpu = uncountedCpu(thread, last);
  const queued = uncountedQueue(thread, last);
  const start = thread.timeline.end;
  const wait = end - start - cpu - timeInWaits(thread, start, end);
  addInterval(model, thread, {
    end,
    cpu,
    queued: last.isQueued ? Math.max(queued, wait) : queued,
    reason: last.reason,
    estimated: false,
  });
}

interface Stretch {
  readonly end: Ns;
  /** Time on a CPU and waiting for one, at most. */
  readonly cpu: Ns;
  readonly queued: Ns;
  /** What it slept for, the rest of the time. */
  readonly reason: WaitReason;
  readonly estimated: boolean;
}

/**
 * Appends what happened between the timeline's end and the stretch's. Where the probe saw the thread wait, the edges of
 * that wait are exact; within each piece the order of running, ready and sleeping is not known.
 */
function addInterval(model: Model, thread: Thread, stretch: Stretch): void {
  const { end, estimated } = stretch;
  const { timeline } = thread;
  const start = timeline.end;
  const duration = end - start;
  if (duration <= 0) return;
  // The kernel's counters run in ticks of up to 4 ms, so they may exceed the stretch: what is too much stays
  // uncounted here and is found again as the difference to the next look's cumulated figure.
  const running = Math.min(stretch.cpu, duration);
  const ready = Math.min(stretch.queued, duration - running);
  model.load.add(start, end, running, ready);
  // A wait for a CPU that is over now began before this stretch: what was taken for sleep then was that wait.
  if (stretch.queued > ready) timeline.sleepWasReady(stretch.queued - ready, model.load);
  const before = timeline.length;
  if (thread.jsStart === null && isJavaScript(model, thread)) {
    timeline.add(duration - running - ready, ready, running, 0, 0, 'unknown', estimated);
  } else {
    addPieces(timeline, stretch, waitsWithin(thread, start, end), running, ready);
  }
  countIntervals(model, timeline.length - before);
}

/** Cuts the stretch at the edges of known waits, and shares out the time on and waiting for a CPU: outside of them first. */
function addPieces(
  timeline: Timeline,
  stretch: Stretch,
  waits: readonly KnownWait[],
  running: Ns,
  ready: Ns,
): void {
  const { end, reason, estimated } = stretch;
  const duration = end - timeline.end;
  if (waits.length === 0) {
    addPiece(timeline, duration, running, ready, reason, estimated);
    return;
  }
  const total = running + ready;
  const known = totalOf(waits);
  const elsewhere = duration - known;
  // A wait begins and ends on a CPU, and maybe in the queue for one.
  const inside = Math.max(0, total - elsewhere);
  const perNsInside = known > 0 ? inside / known : 0;
  const perNsElsewhere = elsewhere > 0 ? (total - inside) / elsewhere : 0;
  const runningShare = total > 0 ? running / total : 0;
  const addUntil = (to: Ns, why: WaitReason, perNs: number): void => {
    const length = to - timeline.end;
    if (length <= 0) return;
    const busy = Math.min(length, length * perNs);
    addPiece(timeline, length, busy * runningShare, busy * (1 - runningShare), why, estimated);
  };
  for (const wait of waits) {
    addUntil(wait.start, reason, perNsElsewhere);
    addUntil(wait.end, wait.reason, perNsInside);
  }
  addUntil(end, reason, perNsElsewhere);
}

/** Asleep for `reason`, but for the time on a CPU or waiting for one. */

function addPiece(
  timeline: Timeline,
  length: Ns,
  running: Ns,
  ready: Ns,
  reason: WaitReason,
  estimated: boolean,
): void {
  const asleep = Math.max(0, length - running - ready);
  if (isBlocking(reason)) timeline.add(0, ready, running, 0, asleep, reason, estimated);
  else timeline.add(0, ready, running, asleep, 0, reason, estimated);
}

/** Some 130 MB of timelines. */
const MAX_INTERVALS = 4_000_000;
/** A timeline that has fewer is left as fine as it is. */
const MIN_COARSENED = 1000;

/** Keeps a run of any length within bounds: when there are too many intervals, the older ones become coarser. */
function countIntervals(model: Model, added: number): void {
  const { index } = model;
  index.intervals += added;
  // Very many short timelines may have more than that all the same.
  if (index.intervals <= Math.max(MAX_INTERVALS, 1.25 * index.coarsenedIntervals)) return;
  index.intervals = 0;
  for (const { timeline } of model.threads.values()) {
    if (timeline.length >= MIN_COARSENED) timeline.coarsen();
    index.intervals += timeline.length;
  }
  index.coarsenedIntervals = index.intervals;
}
