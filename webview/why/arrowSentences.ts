/** An arrow in sentences. Pure. */
import { assertUnreachable } from '../../src/base/assertUnreachable';
import type { Arrow, MessageArrow, SpawnArrow, WakeArrow } from '../../src/model/arrowTypes';
import { formatDuration, printable } from '../format';
import { lineWord, threadWord, type Naming } from './naming';
import type { Sentence } from './sentence';
import { arrowTexts as texts } from './whyTexts';

export function arrowSentences(naming: Naming, arrow: Arrow): Sentence[] {
  switch (arrow.kind) {
    case 'message':
      return messageSentences(naming, arrow);
    case 'spawn':
      return spawnSentences(naming, arrow);
    case 'wake':
      return wakeSentences(naming, arrow);
    default:
      return assertUnreachable(arrow);
  }
}

function messageSentences(naming: Naming, { from, to, message, queue, handle }: MessageArrow): Sentence[] {
  const sender = threadWord(naming, from.threadId, from.time);
  const receiver = threadWord(naming, to.threadId, to.time);
  const { location } = message;
  return [
    location === null
      ? texts.message(sender, receiver)
      : texts.messageAt(sender, receiver, lineWord(location)),
    texts.queue(formatDuration(queue)),
    handle === null ? texts.handling : texts.handled(formatDuration(handle)),
  ];
}

function spawnSentences(naming: Naming, { from, to, call }: SpawnArrow): Sentence[] {
  const creator = threadWord(naming, from.threadId, from.time);
  const created = threadWord(naming, to.threadId, to.time);
  const api = printable(call.api === 'Worker' ? 'new Worker' : call.api);
  return [
    call.location === null
      ? texts.spawn(creator, created, api)
      : texts.spawnAt(creator, created, api, lineWord(call.location)),
    texts.spawnTook(formatDuration(Math.max(0, to.time - from.time))),
  ];
}

function wakeSentences(naming: Naming, { from, to, wait, notify }: WakeArrow): Sentence[] {
  const waker = threadWord(naming, from.threadId, from.time);
  const woken = threadWord(naming, to.threadId, to.time);
  const waited = formatDuration(Math.max(0, to.time - wait.start));
  return [
    notify.location === null
      ? texts.wake(waker, woken)
      : texts.wakeAt(waker, woken, lineWord(notify.location)),
    wait.location === null ? texts.waited(waited) : texts.waitedAt(waited, lineWord(wait.location)),
    texts.wakeTook(formatDuration(Math.max(0, to.time - from.time))),
  ];
}
