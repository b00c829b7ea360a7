import { html, type TemplateResult } from 'lit';
import { cpuTime, javaScriptThreads, sumOfStateTimes } from '../../src/model/selectPanel';
import type { Model } from '../../src/model/types';
import { formatClock, formatCount, formatDuration } from '../format';
import type { PanelStore } from '../store';
import { details, summary } from './detailTexts';
import { platformNames } from '../strings';
import { renderUnreadableOfAny } from './absence';
import { fieldList, stateTimesTable } from './fields';

/** With nothing selected: the run as a whole, and how to look closer. */
export function renderRun(store: PanelStore): TemplateResult {
  const { model } = store;
  const javaScript = [...model.processes.values()].flatMap(javaScriptThreads);
  const estimated = javaScript.reduce((sum, thread) => sum + thread.timeline.estimatedTime, 0);
  return html`<div class="detailsGrid">
    <section>
      <h2>${summary.title}</h2>
      ${fieldList([
        [
          details.command,
          model.run === null ? null : html`<code>${[model.run.command, ...model.run.args].join(' ')}</code>`,
        ],
        [summary.duration, formatClock(store.duration.value)],
        [summary.processes, counts(model.processes.values())],
        [summary.threads, counts(model.threads.values())],
        [summary.cpuTime, formatDuration(cpuTime(model, model.threads.values()))],
        [summary.machine, machine(model)],
      ])}
    </section>
    <section>
      ${stateTimesTable(
        details.timeInState(summary.javaScriptThreads),
        sumOfStateTimes(model, javaScript),
        estimated,
      )}
    </section>
    ${renderUnreadableOfAny(store)}
    <section>
      <h2>${summary.howTo}</h2>
      <ul class="hints">
        ${summary.hints.map((hint) => html`<li>${hint}</li>`)}
      </ul>
    </section>
  </div>`;
}

function counts(all: Iterable<{ readonly end: number | null }>): string {
  const list = [...all];
  const alive = list.filter(({ end }) => end === null).length;
  return summary.counts(formatCount(list.length), formatCount(alive));
}

function machine({ run }: Model): string | null {
  return run === null ? null : summary.cores(run.cores, platformNames[run.platform] ?? run.platform);
}
