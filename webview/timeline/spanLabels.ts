/** What is written on spans. Pure. */
import { assertUnreachable } from '../../src/base/assertUnreachable';
import { senderOf } from '../../src/model/messageSender';
import { Patience } from '../../src/model/patience';
import { baseName, processTitle } from '../../src/model/select';
import { sharedBufferId, sharedBuffers } from '../../src/model/sharedBuffers';
import type { Span } from '../../src/model/spans';
import type { Call, Model, Thread } from '../../src/model/types';
import { formatDuration, printable } from '../format';
import { spanLabelTexts as texts } from '../spanTexts';

/** Longer ones fit nowhere, and what a program calls itself may be ten thousand characters. */
const LONGEST_NAME = 48;

/** The longest first. */
export function spanLabels(model: Model, thread: Thread, span: Span): readonly string[] {
  switch (span.kind) {
    case 'message': {
      const { port, message } = span;
      const channel = port.end?.channel;
      if (channel?.kind === 'broadcast') return texts.broadcast(short(channel.name ?? ''));
      const sender = model.threads.get(senderOf(port, message)?.threadId ?? '');
      if (sender === undefined) return [texts.message];
      return texts.messageFrom(threadName(model, sender, thread.processId));
    }
    case 'wait':
      return texts.wait(cellName(model, span.wait));
    case 'syncCall':
      return span.call === null ? [texts.unknownCall] : texts.syncCall(span.call.api, programName(span.call));
    case 'longTask':
      return texts.longTask(formatDuration((span.end ?? model.now) - span.start));
    default:
      return assertUnreachable(span);
  }
}

/** `worker 2`, or `main of app.js` for readers who think of another process. */
export function threadName(model: Model, thread: Thread, processId: string | null): string {
  const own =
    thread.kind === 'worker' ? (thread.threadId === null ? 'worker' : `worker ${thread.threadId}`) : 'main';
  const process = model.processes.get(thread.processId);
  if (process === undefined || process.id === processId) return own;
  return texts.ofProcess(own, short(processTitle(process)));
}

/** The program that a call started, without its folder. */
export function programName({ file }: Call): string {
  return short(baseName(file.trim()));
}

/** `#2[0]`: buffers are numbered as everywhere on screen. */
export function cellName(model: Model, { bufferName, cell }: { bufferName: string; cell: number }): string {
  const id = sharedBufferId(model, bufferName);
  return texts.cell(id === null ? null : (bufferNumbers(model).get(id) ?? null), cell);
}

function short(name: string): string {
  const shown = printable(name);
  return shown.length <= LONGEST_NAME
    ? shown
    : `${shown.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

interface Numbers {
  stamp: number;
  byId: ReadonlyMap<string, number>;
  readonly patience: Patience;
}

const numbers = new WeakMap<Model, Numbers>();

function bufferNumbers(model: Model): ReadonlyMap<string, number> {
  let known = numbers.get(model);
  if (known === undefined) {
    numbers.set(model, (known = { stamp: -1, byId: new Map(), patience: new Patience() }));
  }
  const { sharedRevision, bufferNodes } = model.index.messages;
  if (known.patience.isDue(sharedRevision !== known.stamp, bufferNodes.size, model.ended)) {
    known.stamp = sharedRevision;
    known.byId = new Map(sharedBuffers(model).map(({ id }, index) => [id, index + 1]));
  }
  return known.byId;
}
