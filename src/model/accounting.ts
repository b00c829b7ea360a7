import { NS_PER_SECOND, type Ns } from '../base/units';
import { isJavaScript } from './select';
import { isBlocking, type WaitReason } from './states';
import { noTimes } from './timeline';
import type { LastLook, Model, Thread } from './types';

/**
 * Turns looks at a thread (cumulated CPU and run-queue time, and what it was doing at that moment) into the
 * intervals of its timeline. The invariant: intervals have no gaps, and running and ready are the kernel's figures.
 */
export function addLook(model: Model, thread: Thread, look: LastLook): void {
  if (!isNews(thread, look)) return;
  extendSleep(model, thread, Math.min(model.lastTick, look.time));
  closeAt(model, thread, look, false);
  thread.last = look;
}

/**
 * Like `addLook`, for a look from outside at an arbitrary moment. A wait for a CPU is added to the kernel's counter
 * only when it is over: as long as the thread is in one, what is not accounted for is not sleep but that wait, so
 * the stretch stays open until a later look tells.
 */
export function addSample(model: Model, thread: Thread, look: LastLook): void {
  if (!isNews(thread, look)) return;
  extendSleep(model, thread, Math.min(model.lastTick, look.time));
  const duration = look.time - thread.timeline.end;
  const { cpu, queued } = unaccounted(thread, look);
  const isShort = cpu + queued < duration * ACCOUNTED_SHARE;
  const isOpen = look.runnable !== null && isShort && (look.isQueued || duration < MAX_OPEN);
  if (!isOpen) closeAt(model, thread, look, false);
  thread.last = look;
}

const ACCOUNTED_SHARE = 0.95;
const MAX_OPEN: Ns = 0.2 * NS_PER_SECOND;

function isNews(thread: Thread, look: LastLook): boolean {
  return thread.end === null && look.time >= thread.timeline.end && look.time > (thread.last?.time ?? 0);
}

/** A thread that was asleep and has no sample in the passes since then slept on until the last of them. */
function extendSleep(model: Model, thread: Thread, until: Ns): void {
  if (thread.last?.runnable !== null || until <= thread.timeline.end) return;
  addInterval(model, thread, { end: until, cpu: 0, queued: 0, reason: thread.last.reason, estimated: false });
}

/** What the kernel has counted and the timeline does not have yet. */
function unaccounted(thread: Thread, look: LastLook): { readonly cpu: Ns; readonly queued: Ns } {
  const { running, ready } = thread.timeline.totals;
  return { cpu: Math.max(0, look.cpu - running), queued: Math.max(0, look.runQueue - ready) };
}

function closeAt(model: Model, thread: Thread, look: LastLook, estimated: boolean): void {
  addInterval(model, thread, {
    end: look.time,
    ...unaccounted(thread, look),
    reason: look.reason,
    estimated,
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
    const active = wasAsleep ? 0 : tail - overlapWithSpans(thread, timeline.end, end).time;
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
  const { cpu, queued } = unaccounted(thread, last);
  const start = thread.timeline.end;
  const wait = end - start - cpu - overlapWithSpans(thread, start, end).time;
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

/** Appends what happened between the timeline's end and the stretch's. */
function addInterval(model: Model, thread: Thread, stretch: Stretch): void {
  const { end, reason, estimated } = stretch;
  const start = thread.timeline.end;
  const duration = end - start;
  if (duration <= 0) return;
  // The kernel's counters run in ticks of up to 4 ms, so they may exceed the stretch: what is too much stays
  // uncounted here and is found again as the difference to the next look's cumulated figure.
  const running = Math.min(stretch.cpu, duration);
  const ready = Math.min(stretch.queued, duration - running);
  const asleep = duration - running - ready;
  const times = { ...noTimes(), running, ready };
  if (thread.jsStart === null && isJavaScript(model, thread)) {
    times.new = asleep;
    thread.timeline.append(times, 'unknown', estimated);
    return;
  }
  const known = overlapWithSpans(thread, start, end);
  const inKnownWait = Math.min(asleep, known.time);
  const elsewhere = asleep - inKnownWait;
  times.blocked = inKnownWait;
  if (isBlocking(reason)) times.blocked += elsewhere;
  else times.waiting = elsewhere;
  thread.timeline.append(times, known.reason ?? reason, estimated);
}

/** How much of [start, end] lies in waits that the probe saw, and the reason of the last of them. */
function overlapWithSpans(thread: Thread, start: Ns, end: Ns): { time: Ns; reason: WaitReason | null } {
  let time = 0;
  let reason: WaitReason | null = null;
  for (let index = thread.blockedSpans.length - 1; index >= 0; index--) {
    const span = thread.blockedSpans[index];
    if (span === undefined || (span.end !== null && span.end <= start)) break;
    const overlap = Math.min(span.end ?? end, end) - Math.max(span.start, start);
    if (overlap <= 0) continue;
    time += overlap;
    reason ??= span.reason;
  }
  // Waits of one thread cannot overlap, but what a stranger wrote may say so.
  return { time: Math.min(time, Math.max(0, end - start)), reason };
}
