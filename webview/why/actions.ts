/** Where to go on from an explanation. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Ns } from '../../src/base/units';
import { neighbourInState, type Stretch } from '../../src/model/explainStretch';
import type { Explanation, LifeExplanation } from '../../src/model/explainTypes';
import type { Model, Thread } from '../../src/model/types';
import { printable, shortLocation } from '../format';
import type { PanelStore } from '../store';
import { stateNames } from '../strings';
import { zoomTo } from './blockedTable';
import { whyTexts as texts } from './whyTexts';

export interface Action {
  readonly text: string;
  readonly icon: string | null;
  readonly run: () => void;
}

export function renderActions(actions: readonly (Action | null)[]): TemplateResult {
  return html`<div class="whyActions" role="group" aria-label=${texts.actions}>
    ${actions.map((action) => (action === null ? nothing : renderAction(action)))}
  </div>`;
}

function renderAction({ text, icon, run }: Action): TemplateResult {
  return html`<button class="whyAction" @click=${run}>
    ${icon === null ? nothing : html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>`}${text}
  </button>`;
}

export function intervalActions(
  store: PanelStore,
  model: Model,
  explanation: Explanation,
): (Action | null)[] {
  const { thread } = explanation;
  if (explanation.kind === 'end') return [momentAction(store, texts.ender, explanation.endedBy)];
  const { stretch } = explanation;
  const base = model.start ?? 0;
  const show = (): void => {
    store.select(store.selection.value?.rowId ?? thread.id, (stretch.start + stretch.end) / 2 - base);
    zoomTo(store, stretch.start - base, stretch.end - base);
  };
  return [
    neighbourAction(store, model, thread, stretch, -1),
    neighbourAction(store, model, thread, stretch, 1),
    causeAction(store, explanation),
    { text: texts.showInLane, icon: 'zoom-in', run: show },
    sourceAction(store, lineOf(explanation)),
  ];
}

function neighbourAction(
  store: PanelStore,
  model: Model,
  thread: Thread,
  stretch: Stretch,
  direction: -1 | 1,
): Action | null {
  const next = neighbourInState(model, thread, stretch, direction);
  if (next === null) return null;
  const state = stateNames[stretch.state];
  const middle = (next.start + next.end) / 2 - (model.start ?? 0);
  return {
    text: direction < 0 ? texts.previous(state) : texts.next(state),
    icon: direction < 0 ? 'chevron-left' : 'chevron-right',
    run: () => store.revealMoment(thread.id, middle),
  };
}

/** To whoever brought the state about, if that is known. */
function causeAction(store: PanelStore, { parts }: LifeExplanation): Action | null {
  for (const part of parts) {
    switch (part.state) {
      case 'blocked':
        if (part.wait?.wokenBy != null) return momentAction(store, texts.wokenBy, part.wait.wokenBy);
        break;
      case 'waiting': {
        const { endedBy } = part;
        if (endedBy?.kind !== 'message') break;
        return senderAction(store, endedBy.delivery.from, endedBy.delivery.sent, endedBy.delivery.arrow);
      }
      case 'running': {
        const { main } = part.deliveries;
        if (main !== null) return senderAction(store, main.from, main.sent, main.arrow);
        break;
      }
      case 'new':
        if (part.call?.threadId != null) {
          return momentAction(store, texts.creator, {
            threadId: part.call.threadId,
            time: part.call.time,
          });
        }
        break;
      case 'ready':
        break;
    }
  }
  return null;
}

function senderAction(
  store: PanelStore,
  from: string | null,
  sent: Ns | null,
  arrow: string | null,
): Action | null {
  if (from === null || sent === null) return null;
  const action = momentAction(store, texts.sender, { threadId: from, time: sent });
  if (action === null) return null;
  return {
    ...action,
    run: () => {
      action.run();
      if (arrow !== null) store.selectArrow(arrow);
    },
  };
}

export function momentAction(
  store: PanelStore,
  text: string,
  moment: { readonly threadId: string; readonly time: Ns } | null,
): Action | null {
  if (moment === null || !store.model.threads.has(moment.threadId)) return null;
  const { threadId, time } = moment;
  return {
    text,
    icon: 'arrow-right',
    run: () => store.revealMoment(threadId, time - (store.model.start ?? 0)),
  };
}

export function sourceAction(store: PanelStore, location: string | null): Action | null {
  if (location === null || !store.hostInfo.value.canOpenSource) return null;
  return {
    text: texts.openLine(printable(shortLocation(store.sources.place(location).location))),
    icon: 'go-to-file',
    run: () => store.post({ type: 'openSource', location }),
  };
}

function lineOf({ parts }: LifeExplanation): string | null {
  for (const part of parts) {
    if (part.state === 'blocked') return part.location;
    if (part.state === 'running') return part.deliveries.main?.location ?? null;
    if (part.state === 'new') return part.call?.location ?? null;
    if (part.state === 'waiting' && part.endedBy?.kind === 'message') return part.endedBy.delivery.location;
  }
  return null;
}
