import { html, nothing, type TemplateResult } from 'lit';
import {
  callOf,
  isJavaScript,
  lacksEvalOption,
  processTitle,
  stateTimes,
  threadTitle,
} from '../../src/model/select';
import { cpuTime, isFailure } from '../../src/model/selectPanel';
import type { Thread } from '../../src/model/types';
import { formatDuration, printable } from '../format';
import { locationLink } from '../sourceLink';
import type { PanelStore } from '../store';
import { details } from './detailTexts';
import { exitText } from '../strings';
import { deedValue } from '../threadNames';
import { fieldList, lifeText, stateTimesTable, subjectLink, type Field, type FieldValue } from './fields';
import { nowValue } from './nowValue';
import { renderThreadBlock } from './threadBlock';
import { longTasksValue, messagesValue, renderBlockedLines } from './threadActivity';

/** An error's stack may be long; its first frames tell where. */
const MAX_STACK_LINES = 12;

export function renderThread(store: PanelStore, thread: Thread): TemplateResult {
  const title = printable(threadTitle(thread));
  return html`<div class="detailsGrid">
    <div class="detailsColumn">
      ${thread.error === null ? nothing : renderError(thread)}
      <section>
        <h2>${title}</h2>
        ${fieldList(identity(store, thread))}
      </section>
    </div>
    <div class="detailsColumn">
      <section>
        ${stateTimesTable(
          details.timeInState(title),
          stateTimes(store.model, thread),
          thread.timeline.estimatedTime,
        )}
      </section>
      ${renderBlockedLines(store, thread)}
    </div>
    <div class="detailsColumn">${renderThreadBlock(store, thread)}</div>
  </div>`;
}

function identity(store: PanelStore, thread: Thread): Field[] {
  const { model } = store;
  const base = model.start ?? 0;
  const process = model.processes.get(thread.processId);
  const call = thread.kind === 'worker' ? callOf(model, thread) : null;
  return [
    [details.kind, details.kinds[thread.kind]],
    [details.now, nowValue(store, thread)],
    [details.messages, messagesValue(store, thread)],
    [details.longTasks, longTasksValue(thread)],
    [details.inProcess, process === undefined ? null : subjectLink(store, process.id, processTitle(process))],
    [details.createdAt, call?.location == null ? null : locationLink(store, call.location)],
    [details.file, fileValue(thread)],
    [details.name, thread.name === null ? null : printable(thread.name)],
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
    [details.exitCall, thread.exitLocation === null ? null : locationLink(store, thread.exitLocation)],
    [details.endedBy, thread.endedBy === null ? null : deedValue(store, thread.endedBy, thread.processId)],
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
