/** An arrow in words: for the tooltip. */
import { html, nothing, type TemplateResult } from 'lit';
import { assertUnreachable } from '../src/base/assertUnreachable';
import type { Ns } from '../src/base/units';
import type { Arrow, MessageArrow, SpawnArrow, WakeArrow } from '../src/model/arrowTypes';
import { processTitle } from '../src/model/select';
import type { Model } from '../src/model/types';
import type { PanelStore } from './store';
import { formatBytes, formatDuration, formatMoment, printable } from './format';
import { locationText } from './sourceLink';
import { arrowTexts as texts } from './spanTexts';
import { cellName, programName, threadName } from './timeline/spanLabels';

/** Name and value. */
type Fact = readonly [string, TemplateResult | string | null];

export function arrowText(store: PanelStore, arrow: Arrow): TemplateResult {
  const { model } = store;
  return html`<div class="tooltipTitle">
      <span class="arrowSwatch arrow-${arrow.kind}" aria-hidden="true"></span> ${texts.kinds[arrow.kind]}:
      ${nameOf(model, arrow, 'from')} ${texts.to} ${nameOf(model, arrow, 'to')}
    </div>
    <dl class="tooltipFacts">
      ${factsOf(store, arrow).map(([name, value]) =>
        value === null
          ? nothing
          : html`<dt>${name}</dt>
              <dd>${value}</dd>`,
      )}
    </dl>
    <div class="dim">${moments(model, arrow)}</div>`;
}

function nameOf(model: Model, arrow: Arrow, at: 'from' | 'to'): string {
  const thread = model.threads.get(arrow[at].threadId);
  const other = model.threads.get(arrow[at === 'from' ? 'to' : 'from'].threadId);
  if (thread === undefined) return texts.unknown;
  const isWithin = thread.processId === other?.processId;
  return threadName(model, thread, isWithin ? thread.processId : null);
}

function moments(model: Model, { from, to }: Arrow): string {
  const base = model.start ?? 0;
  const duration = to.time - from.time;
  return `${formatMoment(from.time - base, duration)} ${texts.to} ${formatMoment(to.time - base, duration)} · ${formatDuration(duration)}`;
}

function factsOf(store: PanelStore, arrow: Arrow): readonly Fact[] {
  switch (arrow.kind) {
    case 'message':
      return messageFacts(store, arrow);
    case 'spawn':
      return spawnFacts(store, arrow);
    case 'wake':
      return wakeFacts(store, arrow);
    default:
      return assertUnreachable(arrow);
  }
}

function messageFacts(store: PanelStore, arrow: MessageArrow): Fact[] {
  const { bytes, bytesEstimated, serialize, queue, handle, message } = arrow;
  const size = bytes === null ? texts.unknownSize : formatBytes(bytes);
  return [
    [texts.size, bytes !== null && bytesEstimated ? texts.estimated(size) : size],
    [texts.serialize, serialize === null ? texts.unknown : formatDuration(serialize)],
    [texts.queue, formatDuration(queue)],
    [texts.handle, handle === null ? texts.running : formatDuration(handle)],
    [texts.sentAt, line(store, message.location)],
  ];
}

function spawnFacts(store: PanelStore, { call, created, from, to }: SpawnArrow): Fact[] {
  const process = store.model.processes.get(created.processId);
  const title = created.kind === 'worker' || process === undefined ? null : processTitle(process);
  return [
    [texts.created, html`<code>${call.api}</code> ${programName(call)}`],
    [texts.program, title === null ? null : cut(printable(title))],
    [texts.calledAt, line(store, call.location)],
    [texts.started, formatDuration(to.time - from.time)],
  ];
}

function wakeFacts(store: PanelStore, { wait, notify, from, to }: WakeArrow): Fact[] {
  return [
    [texts.cell, html`<code>${cellName(store.model, notify)}</code>`],
    [texts.notifiedAt, line(store, notify.location)],
    [texts.waitedAt, line(store, wait.location)],
    [texts.waited, formatDuration(to.time - wait.start)],
    [texts.delay, delay(from.time, to.time)],
  ];
}

function delay(from: Ns, to: Ns): string {
  return formatDuration(Math.max(0, to - from));
}

function line(store: PanelStore, location: string | null): TemplateResult | null {
  return location === null ? null : locationText(store, location);
}

const LONGEST = 80;

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
