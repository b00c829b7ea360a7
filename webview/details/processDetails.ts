import { html, nothing, type TemplateResult } from 'lit';
import { callOf, processTitle, unobservedReason } from '../../src/model/select';
import { processCpuTime } from '../../src/model/processCpu';
import { isFailure, javaScriptThreads, sumOfStateTimes } from '../../src/model/selectPanel';
import type { Call, Process } from '../../src/model/types';
import { factTexts as texts } from '../factTexts';
import { formatDuration, printable } from '../format';
import type { PanelStore } from '../store';
import { details, unobservedText } from './detailTexts';
import { exitText } from '../strings';
import { deedValue } from '../threadNames';
import { renderUnreadable } from './absence';
import { renderDescriptors } from './descriptorsSection';
import { locationLink } from '../sourceLink';
import { fieldList, lifeText, stateTimesTable, type Field, type FieldValue } from './fields';
import { renderProcessBlock } from './processBlock';
import { renderThreadBlock } from './threadBlock';
import { renderError } from './threadDetails';

export function renderProcess(store: PanelStore, process: Process): TemplateResult {
  const { model } = store;
  const threads = process.isNode ? javaScriptThreads(process) : process.threads;
  const main = process.threads[0];
  const estimated = threads.reduce((sum, thread) => sum + thread.timeline.estimatedTime, 0);
  return html`<div class="detailsGrid">
    <div class="detailsColumn">
      ${main?.error == null ? nothing : renderError(main)}
      <section>
        <h2>${printable(processTitle(process))}</h2>
        ${fieldList(identity(store, process))}
      </section>
      ${renderFailedCalls(store, process)} ${renderUnreadable(process)}
    </div>
    <div class="detailsColumn">
      <section>
        ${stateTimesTable(
          details.timeInState(threads.length > 1 ? details.allThreads : printable(processTitle(process))),
          sumOfStateTimes(model, threads),
          estimated,
        )}
      </section>
      ${renderDescriptors(store, process)}
    </div>
    <div class="detailsColumn">
      ${renderProcessBlock(store, process)}
      ${
        // Outside Node the first thread has no row of its own.
        process.isNode || main === undefined ? nothing : renderThreadBlock(store, main, texts.firstThread)
      }
    </div>
  </div>`;
}

function identity(store: PanelStore, process: Process): Field[] {
  const { model } = store;
  const base = model.start ?? 0;
  const call = callOf(model, process);
  const unobserved = unobservedReason(model, process);
  // Whichever of its threads called it: on the main thread it ends the process.
  const exitLocation = process.threads.find(({ kind }) => kind === 'main')?.exitLocation ?? null;
  return [
    [details.command, html`<code>${printable(process.args.join(' '))}</code>`],
    [details.node, nodeValue(process, unobserved !== null)],
    call?.location == null
      ? [details.spawnedBy('spawn'), null]
      : [details.spawnedBy(call.api), locationLink(store, call.location)],
    [details.unobserved, unobserved === null ? null : unobservedText(unobserved)],
    [details.life, lifeText(process, base)],
    [details.exit, process.end === null ? null : exitValue(process)],
    [details.killedBy, process.killedBy === null ? null : deedValue(store, process.killedBy, process.id)],
    [details.exitCall, exitLocation === null ? null : locationLink(store, exitLocation)],
    [details.cpuTime, formatDuration(processCpuTime(model, process))],
    [details.folder, process.cwd === null ? null : html`<code>${process.cwd}</code>`],
  ];
}

/** Of a process that is not observed it is not known whether it is Node's. */
function nodeValue({ isNode, nodeVersion }: Process, isUnobserved: boolean): FieldValue {
  if (isNode) return nodeVersion ?? details.unknown;
  return isUnobserved ? null : details.notNode;
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
