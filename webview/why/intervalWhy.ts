/** A selected interval, explained; and how its thread spent its time in all. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation } from '../../src/model/explainTypes';
import { blockedOfThread } from '../../src/model/rangeSummaryBlocked';
import { stateTimes } from '../../src/model/select';
import { liveStates } from '../../src/model/states';
import type { Model, Thread } from '../../src/model/types';
import { details } from '../details/detailTexts';
import { stateTimesTable } from '../details/fields';
import { formatCount, formatDuration, formatMoment, formatPercent } from '../format';
import type { PanelStore } from '../store';
import { stateNames } from '../strings';
import { swatch } from '../swatch';
import { intervalActions, renderActions, type Action } from './actions';
import { blockedTable } from './blockedTable';
import { explainSentences } from './explainSentences';
import { explanationTitle } from './explanationTitle';
import { threadName, type Naming } from './naming';
import { renderSentences } from './renderSentence';
import { namingFor, whyState } from './whyState';
import { nothingTexts, whyTexts as texts } from './whyTexts';

export function renderIntervalWhy(
  store: PanelStore,
  thread: Thread,
  explanation: Explanation | null,
): TemplateResult {
  const naming = namingFor(store, thread.processId);
  const { model } = naming;
  const name = threadName(namingFor(store, null), thread);
  const blocked = blockedOfThread(model, thread);
  return html`<div class="whyGrid whyInterval">
    <section class="whyAnswer">
      ${
        explanation === null
          ? html`<h2>${name}</h2>
              <p class="dim">
                ${store.selection.value?.time === null ? nothingTexts.ofThread(name) : texts.gone}
              </p>`
          : renderExplanation(store, naming, explanation, name)
      }
    </section>
    <section>
      ${stateTimesTable(
        details.timeInState(threadName(naming, thread)),
        stateTimes(model, thread),
        thread.timeline.estimatedTime,
      )}
    </section>
    ${blockedTable(store, blocked.groups, {
      title: texts.blockedTitle,
      none: texts.neverBlocked,
      isPartial: blocked.isPartial,
    })}
  </div>`;
}

function renderExplanation(
  store: PanelStore,
  naming: Naming,
  explanation: Explanation,
  name: string,
): TemplateResult {
  const actions = [...intervalActions(store, naming.model, explanation), backToRange(store)];
  return html`<h2>${explanationTitle(name, explanation)} ${renderKnown(explanation)}</h2>
    ${renderSentences(store, explainSentences(naming, explanation))} ${renderActions(actions)}
    ${renderNotes(naming.model, explanation)}`;
}

function renderKnown(explanation: Explanation): TemplateResult | typeof nothing {
  if (explanation.kind === 'end') return nothing;
  const { estimated, isOpen } = explanation.stretch;
  return html`<span class="whyKnown" title=${estimated ? texts.estimatedTitle : nothing}
    >${estimated ? texts.estimated : texts.measured}${isOpen ? html` · ${texts.now}` : nothing}</span
  >`;
}

function renderNotes({ start: base }: Model, explanation: Explanation): TemplateResult | typeof nothing {
  if (explanation.kind === 'end') return nothing;
  const { start, end, times, isPure, count } = explanation.stretch;
  const duration = end - start;
  const moment = (time: number): string => formatMoment(time - (base ?? 0), duration);
  const present = liveStates.filter((state) => times[state] > duration / 1000);
  return html`${
      isPure
        ? nothing
        : html`<p class="dim">
            ${texts.mixed}
            ${present.map(
              (state) =>
                html`<span class="whyShare"
                  >${swatch(state)} ${stateNames[state]} ${formatDuration(times[state])}
                  (${formatPercent(times[state] / duration)})</span
                > `,
            )}
          </p>`
    }
    <p class="dim">
      ${texts.range(moment(start), moment(end))}${count > 1 ? html` · ${texts.count(formatCount(count))}` : nothing}
    </p>`;
}

function backToRange(store: PanelStore): Action | null {
  if (store.picked.value === null) return null;
  const { focus } = whyState(store);
  return { text: texts.backToRange, icon: 'arrow-left', run: () => (focus.value = 'range') };
}
