/** What a thread was stuck in, in sentences. Pure. */
import { NS_PER_MS } from '../../src/base/units';
import type { Stretch } from '../../src/model/explainStretch';
import type { AtomicsWait, BlockedPart, SyncChild } from '../../src/model/explainTypes';
import { formatCount, formatDuration, printable } from '../format';
import { exitText, reasonSentences } from '../strings';
import { bufferWord, lineWord, processWord, threadWord, type Naming } from './naming';
import { runnersList } from './readySentences';
import { code, type Inline, type Sentence } from './sentence';
import { atomicsTexts, blockedTexts, readyTexts } from './whyTexts';

export function blockedSentences(naming: Naming, stretch: Stretch, part: BlockedPart): Sentence[] {
  return [...stuckIn(naming, part), ...meanwhile(stretch, part)];
}

function stuckIn(naming: Naming, part: BlockedPart): Sentence[] {
  const { wait, child, location, reason, systemCall } = part;
  if (wait !== null) return waitSentences(naming, wait, location);
  if (child !== null) return childSentences(child);
  const sentences = [
    blockedTexts.reason(reasonSentences[reason]),
    location === null ? blockedTexts.noLine : blockedTexts.line(lineWord(location)),
  ];
  return systemCall === null ? sentences : [...sentences, blockedTexts.systemCall(printable(systemCall))];
}

function waitSentences(naming: Naming, wait: AtomicsWait, location: string | null): Sentence[] {
  const buffer = bufferWord(naming, wait.buffer);
  const cell = String(wait.cell);
  if (wait.end === null) {
    const { now } = naming.model;
    const since = formatDuration(Math.max(0, now - wait.start));
    return [
      location === null
        ? atomicsTexts.waits(buffer, cell)
        : atomicsTexts.waitsAt(buffer, cell, lineWord(location)),
      wait.timeoutMs === null || !Number.isFinite(wait.timeoutMs)
        ? atomicsTexts.open(since)
        : atomicsTexts.openTimeout(since, timeoutText(wait.timeoutMs)),
    ];
  }
  const first =
    location === null
      ? atomicsTexts.wait(buffer, cell)
      : atomicsTexts.waitAt(buffer, cell, lineWord(location));
  return [first, ...waitEnd(naming, wait)];
}

function waitEnd(naming: Naming, wait: AtomicsWait): Sentence[] {
  const { wokenBy, wakeLatency, competition, timeoutMs } = wait;
  if (wokenBy !== null) {
    const waker = threadWord(naming, wokenBy.threadId, wokenBy.time);
    const latency = formatDuration(wakeLatency ?? 0);
    const woken =
      wokenBy.location === null
        ? atomicsTexts.woken(waker, latency)
        : atomicsTexts.wokenAt(waker, lineWord(wokenBy.location), latency);
    if (competition === null || competition.runners.length === 0) return [woken];
    return [woken, readyTexts.wakeCompetition(runnersList(naming, competition))];
  }
  switch (wait.result) {
    case 'ok':
      return [atomicsTexts.wokenBySomebody];
    case 'timed-out':
      return [
        timeoutMs === null ? atomicsTexts.timedOutPlain : atomicsTexts.timedOut(timeoutText(timeoutMs)),
      ];
    case 'not-equal':
      return [atomicsTexts.notEqual];
    default:
      return [atomicsTexts.neverWoken];
  }
}

function timeoutText(timeoutMs: number): string {
  return formatDuration(Math.max(0, timeoutMs) * NS_PER_MS);
}

function childSentences({ call, process, end }: SyncChild): Sentence[] {
  const program = process === null ? code(printable(call.file)) : processWord(process);
  const api = printable(call.api);
  const first = childSentence(api, program, call.location, end === null);
  if (call.error !== null) return [first, blockedTexts.childFailed(printable(call.error))];
  return process?.exit == null ? [first] : [first, blockedTexts.childEnded(exitText(process.exit))];
}

function childSentence(api: string, program: Inline, location: string | null, isOpen: boolean): Sentence {
  if (location === null) return (isOpen ? blockedTexts.inChild : blockedTexts.child)(api, program);
  return (isOpen ? blockedTexts.inChildAt : blockedTexts.childAt)(api, program, lineWord(location));
}

function meanwhile({ end }: Stretch, { queued }: BlockedPart): Sentence[] {
  const { count, oldest, isApproximate } = queued;
  if (count === 0) return [];
  const text = formatCount(count);
  if (isApproximate || oldest === null) return [blockedTexts.queuedAbout(text)];
  const age = formatDuration(Math.max(0, end - oldest));
  return [count === 1 ? blockedTexts.queuedOne(age) : blockedTexts.queued(text, age)];
}
