import { html, nothing, type TemplateResult } from 'lit';
import { callOf, processTitle, unobservedReason } from '../../src/model/select';
import { cpuTime, isFailure, javaScriptThreads, sumOfStateTimes } from '../../src/model/selectPanel';
import type { Call, Process } from '../../src/model/types';
import { formatDuration } from '../format';
import { selectedInterval } from '../selectedInterval';
import type { PanelStore } from '../store';
import { details, exitText, unobservedText } from '../strings';
import { deedValue } from '../threadNames';
import { fieldList, lifeText, locationLink, stateTimesTable, subjectLink, type FieldValue } from './fields';
import { renderError, renderInterval } from './threadDetails';

export function renderProcess(store: PanelStore, process: Process): TemplateResult {
  const { model } = store;
  const threads = process.isNode ? javaScriptThreads(process) : process.threads;
  const interval = selectedInterval(store);
  const main = process.threads[0];
  const estimated = threads.reduce((sum, thread) => sum + thread.timeline.estimatedTime, 0);
  return html`<div class="detailsGrid">
    <section>
      <h2>${processTitle(process)}</h2>
      ${fieldList(identity(store, process))}
    </section>
    <section>
      ${stateTimesTable(
        details.timeInState(threads.length > 1 ? details.allThreads : processTitle(process)),
        sumOfStateTimes(model, threads),
        estimated,
      )}
    </section>
    ${interval === null ? nothing : renderInterval(store, interval)}
    ${main?.error == null ? nothing : renderError(main)} ${renderFailedCalls(store, process)}
  </div>`;
}

function identity(store: PanelStore, process: Process): (readonly [string, FieldValue])[] {
  const { model } = store;
  const base = model.start ?? 0;
  const call = callOf(model, process);
  const unobserved = unobservedReason(model, process);
  // Whichever of its threads called it: on the main thread it ends the process.
  const exitLocation = process.threads.find(({ kind }) => kind === 'main')?.exitLocation ?? null;
  const native = process.threads.filter((thread) => thread.kind === 'native').length;
  return [
    [details.command, html`<code>${process.args.join(' ')}</code>`],
    [details.pid, String(process.pid)],
    [details.parent, parentLink(store, process)],
    [details.node, nodeValue(process, unobserved !== null)],
    call?.location == null
      ? [details.spawnedBy('spawn'), null]
      : [details.spawnedBy(call.api), locationLink(store, call.location)],
    [details.unobserved, unobserved === null ? null : unobservedText(unobserved)],
    [details.life, lifeText(process, base)],
    [details.exit, process.end === null ? null : exitValue(process)],
    [details.killedBy, process.killedBy === null ? null : deedValue(store, process.killedBy, process.id)],
    [details.exitCall, exitLocation === null ? null : locationLink(store, exitLocation)],
    [details.cpuTime, formatDuration(cpuTime(model, process.threads))],
    [
      details.threads,
      process.isNode
        ? details.threadCounts(process.threads.length - native, native)
        : String(process.threads.length),
    ],
    [details.folder, process.cwd === null ? null : html`<code>${process.cwd}</code>`],
  ];
}

/** Of a process that is not observed it is not known whether it is Node's. */
function nodeValue({ isNode, nodeVersion }: Process, isUnobserved: boolean): FieldValue {
  if (isNode) return nodeVersion ?? details.unknown;
  return isUnobserved ? null : details.notNode;
}

function parentLink(store: PanelStore, process: Process): FieldValue {
  const parent = process.parentId === null ? undefined : store.model.processes.get(process.parentId);
  if (parent === undefined) return details.noParent;
  return html`${subjectLink(store, parent.id, processTitle(parent))} <span class="dim">${parent.pid}</span>`;
}

function exitValue(process: Process): FieldValue {
  if (process.exit === null) return details.exitUnknown;
  return html`<span class=${isFailure(process.exit) ? 'failure' : ''}>${exitText(process.exit)}</span>`;
}

function renderFailedCalls(store: PanelStore, process: Process): TemplateResult | typeof nothing {
  const ids = new Set(process.threads.map((thread) => thread.id));
  const failed = [...store.model.calls.values()].filter(
    (call) =>
      call.error !== null && call.api !== 'Worker' && call.threadId !== null && ids.has(call.threadId),
  );
  if (failed.length === 0) return nothing;
  return html`<section>
    <h2>${details.failedCalls}</h2>
    <ul class="plainList">
      ${failed.map((call) => renderFailedCall(store, call))}
    </ul>
  </section>`;
}

function renderFailedCall(store: PanelStore, call: Call): TemplateResult {
  return html`<li>
    <code>${call.file}</code> <span class="failure">${call.error}</span>
    ${call.location === null ? nothing : locationLink(store, call.location)}
  </li>`;
}
