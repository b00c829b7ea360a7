import { html, type TemplateResult } from 'lit';
import { currentState, stateTimes, threadTitle } from '../../src/model/select';
import { sumOfStateTimes } from '../../src/model/selectPanel';
import type { Thread } from '../../src/model/types';
import { formatDuration } from '../format';
import type { PanelStore } from '../store';
import { details, stateNames, tree } from '../strings';
import { swatch } from '../swatch';
import { stateTimesTable } from './fields';

export function renderNativeThreads(store: PanelStore, threads: readonly Thread[]): TemplateResult {
  const { model } = store;
  const estimated = threads.reduce((sum, thread) => sum + thread.timeline.estimatedTime, 0);
  return html`<div class="detailsGrid">
    <section>
      <h2>${tree.nativeThreads(threads.length)}</h2>
      <p>${details.nativeIntro}</p>
    </section>
    <section>
      <table class="figuresTable">
        <thead>
          <tr>
            <th scope="col">${details.name}</th>
            <th scope="col">${details.tid}</th>
            <th scope="col">${details.cpuTime}</th>
            <th scope="col">${details.now}</th>
          </tr>
        </thead>
        <tbody>
          ${threads.map((thread) => {
            const { state } = currentState(model, thread);
            return html`<tr>
              <th scope="row">${threadTitle(thread)}</th>
              <td>${thread.tid ?? ''}</td>
              <td>${formatDuration(stateTimes(model, thread).running)}</td>
              <td>${swatch(state)} ${stateNames[state]}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </section>
    <section>
      ${stateTimesTable(details.timeInState(details.allThreads), sumOfStateTimes(model, threads), estimated)}
    </section>
  </div>`;
}
