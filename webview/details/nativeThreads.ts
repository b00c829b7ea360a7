import { html, type TemplateResult } from 'lit';
import { currentState, stateTimes, threadTitle } from '../../src/model/select';
import { sumOfStateTimes } from '../../src/model/selectPanel';
import type { Process, Thread } from '../../src/model/types';
import { roleTexts } from '../factTexts';
import { formatDuration, printable } from '../format';
import { nativesByRole } from '../nativeRoles';
import type { PanelStore } from '../store';
import { details } from './detailTexts';
import { stateNames, tree } from '../strings';
import { swatch } from '../swatch';
import { factHeading } from './factList';
import { stateTimesTable, subjectLink } from './fields';

/** Native threads taken together: what they are for, and what each of them does. */
export function renderNativeThreads(
  store: PanelStore,
  process: Process,
  threads: readonly Thread[],
): TemplateResult {
  const { model } = store;
  const estimated = threads.reduce((sum, thread) => sum + thread.timeline.estimatedTime, 0);
  return html`<div class="detailsGrid">
    <section>
      ${factHeading(tree.nativeThreads(threads.length), details.nativeIntro)} ${renderTable(store, process)}
    </section>
    <section>
      ${stateTimesTable(details.timeInState(details.allThreads), sumOfStateTimes(model, threads), estimated)}
    </section>
  </div>`;
}

function renderTable(store: PanelStore, process: Process): TemplateResult {
  return html`<table class="figuresTable nativeTable">
    <thead>
      <tr>
        <th scope="col">${details.name}</th>
        <th scope="col">${details.tid}</th>
        <th scope="col">${details.cpuTime}</th>
        <th scope="col" class="text">${details.now}</th>
      </tr>
    </thead>
    ${nativesByRole(process).map(({ role, threads }) => {
      const { name, meaning } = roleTexts[role];
      return html`<tbody>
        <tr class="groupRow">
          <th scope="rowgroup" colspan="4">
            ${name} <span class="dim">(${threads.length})</span>
            <div class="explained">${meaning}</div>
          </th>
        </tr>
        ${threads.map((thread) => renderThread(store, thread))}
      </tbody>`;
    })}
  </table>`;
}

function renderThread(store: PanelStore, thread: Thread): TemplateResult {
  const { state } = currentState(store.model, thread);
  return html`<tr>
    <th scope="row">${subjectLink(store, thread.id, printable(threadTitle(thread)))}</th>
    <td>${thread.tid ?? ''}</td>
    <td>${formatDuration(stateTimes(store.model, thread).running)}</td>
    <td class="text">${swatch(state)} ${stateNames[state]}</td>
  </tr>`;
}
