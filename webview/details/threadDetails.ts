import { html, nothing, type TemplateResult } from 'lit';
import {
  callOf,
  currentState,
  isJavaScript,
  lacksEvalOption,
  processTitle,
  stateTimes,
  threadTitle,
} from '../../src/model/select';
import { cpuTime, isFailure } from '../../src/model/selectPanel';
import type { Thread } from '../../src/model/types';
import { formatDuration } from '../format';
import { intervalText } from '../intervalText';
import { selectedInterval, type SelectedInterval } from '../selectedInterval';
import type { PanelStore } from '../store';
import { details, exitText, shortReasons, stateNames } from '../strings';
import { swatch } from '../swatch';
import { fieldList, lifeText, locationLink, stateTimesTable, subjectLink, type FieldValue } from './fields';

/** An error's stack may be long; its first frames tell where. */
const MAX_STACK_LINES = 12;

export function renderThread(store: PanelStore, thread: Thread): TemplateResult {
  const interval = selectedInterval(store);
  return html`<div class="detailsGrid">
    ${thread.error === null ? nothing : renderError(thread)}
    ${interval === null ? nothing : renderInterval(store, interval)}
    <section>
      <h2>${threadTitle(thread)}</h2>
      ${fieldList(identity(store, thread))}
    </section>
    <section>
      ${stateTimesTable(
        details.timeInState(threadTitle(thread)),
        stateTimes(store.model, thread),
        thread.timeline.estimatedTime,
      )}
    </section>
  </div>`;
}

function identity(store: PanelStore, thread: Thread): (readonly [string, FieldValue])[] {
  const { model } = store;
  const base = model.start ?? 0;
  const process = model.processes.get(thread.processId);
  const call = thread.kind === 'worker' ? callOf(model, thread) : null;
  return [
    [details.kind, details.kinds[thread.kind]],
    [details.now, nowValue(store, thread)],
    [details.inProcess, process === undefined ? null : subjectLink(store, process.id, processTitle(process))],
    [details.createdAt, call?.location == null ? null : locationLink(store, call.location)],
    [details.file, fileValue(thread)],
    [details.name, thread.name],
    [
      details.threadId,
      thread.threadId === null || !isJavaScript(model, thread) ? null : String(thread.threadId),
    ],
    [details.tid, thread.tid === null ? details.unknown : String(thread.tid)],
    [
      details.cpuTime,
      thread.last === null && thread.timeline.length === 0 ? null : formatDuration(cpuTime(model, [thread])),
    ],
    [details.life, lifeText(thread, base)],
    [details.exit, exitValue(thread)],
  ];
}

function fileValue(thread: Thread): FieldValue {
  if (thread.file === null) return null;
  const text = thread.file.length > 200 ? `${thread.file.slice(0, 200)}…` : thread.file;
  return html`<code>${text}</code>`;
}

function exitValue(thread: Thread): FieldValue {
  if (thread.end === null || thread.exit === null) return null;
  return html`<span class=${isFailure(thread.exit) ? 'failure' : ''}>${exitText(thread.exit)}</span>`;
}

/** What it does now and, while it sleeps, why. */
function nowValue(store: PanelStore, thread: Thread): FieldValue {
  const { state, reason } = currentState(store.model, thread);
  const why =
    (state === 'blocked' || state === 'waiting') && reason !== 'unknown' ? shortReasons[reason] : null;
  const span = thread.blockedSpans.at(-1);
  const location = state === 'blocked' && span?.end === null ? span.location : null;
  return html`${swatch(state)} ${stateNames[state]}${why === null ? '' : `: ${why}`}
  ${location === null ? nothing : locationLink(store, location)}`;
}

export function renderInterval(store: PanelStore, interval: SelectedInterval): TemplateResult {
  return html`<section aria-live="polite">
    <h2>${details.interval}</h2>
    ${intervalText(interval, null, store.model.start ?? 0)}
    ${interval.location === null ? nothing : html`<p>${locationLink(store, interval.location)}</p>`}
  </section>`;
}

export function renderError(thread: Thread): TemplateResult {
  const { error } = thread;
  if (error === null) return html``;
  const [before, code, after] = details.evalFix;
  const stack = error.stack?.split('\n').slice(0, MAX_STACK_LINES).join('\n') ?? null;
  return html`<section>
    <h2 class="failure">${details.error}</h2>
    <p class="errorText">${error.name === null ? '' : `${error.name}: `}${error.message}</p>
    ${lacksEvalOption(thread) ? html`<p class="fix">${before}<code>${code}</code>${after}</p>` : nothing}
    ${
      stack === null
        ? nothing
        : html`<details>
            <summary>${details.stack}</summary>
            <pre tabindex="0">${stack}</pre>
          </details>`
    }
  </section>`;
}
