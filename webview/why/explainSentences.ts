/** An explanation in sentences. Pure. */
import { callOf, lacksEvalOption } from '../../src/model/select';
import { details } from '../details/detailTexts';
import { assertUnreachable } from '../../src/base/assertUnreachable';
import type { Delivery } from '../../src/model/explainMessages';
import type {
  EndExplanation,
  Explanation,
  IdleEnd,
  LifeExplanation,
  NewPart,
  Part,
  RunningPart,
  WaitingPart,
} from '../../src/model/explainTypes';
import { formatClock, formatCount, formatDuration, printable } from '../format';
import { exitText, stateNames } from '../strings';
import { blockedSentences } from './blockedSentences';
import { lineWord, processWord, threadWord, type Naming } from './naming';
import { readySentence } from './readySentences';
import type { Sentence } from './sentence';
import { endTexts, newTexts, nextTexts, runningTexts, waitingTexts } from './whyTexts';

/** The most important one first. */
export function explainSentences(naming: Naming, explanation: Explanation): Sentence[] {
  if (explanation.kind === 'end') return endSentences(naming, explanation);
  const sentences = explanation.parts.flatMap((part) => partSentences(naming, explanation, part));
  const next = nextSentence(explanation);
  return next === null ? sentences : [...sentences, next];
}

function partSentences(naming: Naming, explanation: LifeExplanation, part: Part): Sentence[] {
  switch (part.state) {
    case 'new':
      return [newSentence(naming, part)];
    case 'ready':
      return [readySentence(naming, part.time, part.competition)];
    case 'running':
      return runningSentences(naming, part, explanation.parts[0] === part);
    case 'waiting':
      return waitingSentences(naming, explanation, part);
    case 'blocked':
      return blockedSentences(naming, explanation.stretch, part);
    default:
      return assertUnreachable(part);
  }
}

function newSentence(naming: Naming, { call }: NewPart): Sentence {
  if (call?.threadId == null) return newTexts.unknown;
  const creator = threadWord(naming, call.threadId, call.time);
  return call.location === null
    ? newTexts.created(creator)
    : newTexts.createdAt(creator, lineWord(call.location));
}

/** That nothing is known is worth saying only of what was asked. */
function runningSentences(naming: Naming, part: RunningPart, isMain: boolean): Sentence[] {
  const { deliveries, longTask, isStartUp, cpuNumber, isJavaScript } = part;
  const sentences: Sentence[] = [];
  if (deliveries.count > 0) sentences.push(handlingSentence(naming, part));
  if (deliveries.count > 0 && deliveries.isPartial) sentences.push(runningTexts.sampled);
  if (longTask !== null) sentences.push(runningTexts.longTask(formatDuration(longTask)));
  if (isStartUp && deliveries.count === 0) sentences.push(runningTexts.startUp);
  if (sentences.length === 0 && isMain)
    sentences.push(isJavaScript ? runningTexts.unknown : runningTexts.native);
  if (cpuNumber !== null && isMain) sentences.push(runningTexts.cpu(String(cpuNumber)));
  return sentences;
}

function handlingSentence(naming: Naming, { deliveries: { count, main } }: RunningPart): Sentence {
  const counted = formatCount(count);
  if (main?.from == null) {
    return count === 1 ? runningTexts.handlingUnknown : runningTexts.severalUnknown(counted);
  }
  const from = threadWord(naming, main.from, main.sent);
  const { location, queue, handle } = main;
  if (count === 1) {
    const age = formatDuration(queue ?? 0);
    return location === null
      ? runningTexts.handling(from, age)
      : runningTexts.handlingAt(from, lineWord(location), age);
  }
  if (handle === null) return runningTexts.severalUnknown(counted);
  return location === null
    ? runningTexts.several(counted, from, formatDuration(handle))
    : runningTexts.severalAt(counted, from, lineWord(location), formatDuration(handle));
}

function waitingSentences(naming: Naming, { stretch }: LifeExplanation, part: WaitingPart): Sentence[] {
  const { reason, time, endedBy } = part;
  if (reason === 'idlePool') return [waitingTexts.pool];
  if (reason !== 'eventLoop') return [waitingTexts.unknown];
  const duration = formatDuration(time);
  const first =
    stretch.isOpen && stretch.isPure ? waitingTexts.idleNow(duration) : waitingTexts.idle(duration);
  // Mixed with other states there may have been several such waits.
  return endedBy === null || !stretch.isPure ? [first] : [first, idleEndSentence(naming, endedBy)];
}

function idleEndSentence(naming: Naming, end: IdleEnd): Sentence {
  switch (end.kind) {
    case 'message':
      return end.isCertain
        ? messageSentence(naming, end.delivery)
        : maybeMessage(naming, end.delivery, formatDuration(end.after));
    case 'childExit':
      return waitingTexts.child(processWord(end.process));
    case 'workerExit':
      return waitingTexts.worker(threadWord(naming, end.worker.id));
    case 'unknown':
      return waitingTexts.elsewhere;
    default:
      return assertUnreachable(end);
  }
}

function messageSentence(naming: Naming, { from, sent, location }: Delivery): Sentence {
  if (from === null) return waitingTexts.messageUnknown;
  const sender = threadWord(naming, from, sent);
  return location === null
    ? waitingTexts.message(sender)
    : waitingTexts.messageAt(sender, lineWord(location));
}

function maybeMessage(naming: Naming, { from, sent, location }: Delivery, after: string): Sentence {
  if (from === null) return waitingTexts.maybeMessageUnknown(after);
  const sender = threadWord(naming, from, sent);
  return location === null
    ? waitingTexts.maybeMessage(sender, after)
    : waitingTexts.maybeMessageAt(sender, lineWord(location), after);
}

function endSentences(naming: Naming, explanation: EndExplanation): Sentence[] {
  const { thread, end, exit, endedBy, exitLocation, error } = explanation;
  const time = formatClock(end - (naming.model.start ?? 0));
  const unknown = error === null ? endTexts.endedUnknown(time) : endTexts.endedAt(time);
  const sentences = [exit === null ? unknown : endTexts.ended(time, exitText(exit))];
  if (error !== null) sentences.push(endTexts.error(printable(error.message)));
  if (lacksEvalOption(thread)) sentences.push(endTexts.evalFix(...details.evalFix));
  if (endedBy !== null) {
    const ender = threadWord(naming, endedBy.threadId, endedBy.time);
    const { location } = endedBy;
    sentences.push(location === null ? endTexts.by(ender) : endTexts.byAt(ender, lineWord(location)));
  }
  if (exitLocation !== null) sentences.push(endTexts.exitCall(lineWord(exitLocation)));
  const call = callOf(naming.model, thread);
  if (call?.threadId != null) {
    const creator = threadWord(naming, call.threadId, call.time);
    const { location } = call;
    sentences.push(
      location === null ? endTexts.created(creator) : endTexts.createdAt(creator, lineWord(location)),
    );
  }
  return sentences;
}

function nextSentence({ next, stretch }: LifeExplanation): Sentence | null {
  // Where the order within is not known, so is what came last of it.
  if (next === null || !stretch.isPure) return null;
  if (next.kind === 'end') return nextTexts.end;
  const { state, duration, isPure } = next;
  const text = isPure ? nextTexts.state : nextTexts.mixed;
  return text(stateNames[state], formatDuration(duration));
}
