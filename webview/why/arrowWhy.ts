/** A selected arrow, explained: a message, a start or a wake-up. */
import { html, type TemplateResult } from 'lit';
import { assertUnreachable } from '../../src/base/assertUnreachable';
import type { Arrow } from '../../src/model/arrowTypes';
import { fieldList, type Field } from '../details/fields';
import { formatBytes, formatDuration, formatMoment } from '../format';
import type { PanelStore } from '../store';
import { momentAction, renderActions, sourceAction } from './actions';
import { arrowSentences } from './arrowSentences';
import { arrowTitle } from './arrowTitle';
import { zoomTo } from './blockedTable';
import type { Naming } from './naming';
import { renderSentences } from './renderSentence';
import { namingFor } from './whyState';
import { arrowViewTexts as texts, whyTexts } from './whyTexts';

export function renderArrowWhy(store: PanelStore, arrow: Arrow | null): TemplateResult {
  const naming = namingFor(store, null);
  const clear = { text: texts.clear, icon: 'close', run: () => store.selectArrow(null) };
  if (arrow === null) {
    return html`<p class="dim">${texts.unknown}</p>
      ${renderActions([clear])}`;
  }
  const base = naming.model.start ?? 0;
  const show = (): void => zoomTo(store, arrow.from.time - base, arrow.to.time - base);
  return html`<div class="whyGrid">
    <section class="whyAnswer">
      <h2>${arrowTitle(naming, arrow)}</h2>
      ${renderSentences(store, arrowSentences(naming, arrow))}
      ${renderActions([
        keepingArrow(store, arrow, momentAction(store, texts.from, arrow.from)),
        keepingArrow(store, arrow, momentAction(store, texts.to, arrow.to)),
        { text: whyTexts.showInLane, icon: 'zoom-in', run: show },
        sourceAction(store, lineOf(arrow)),
        clear,
      ])}
    </section>
    <section>${fieldList(fields(naming, arrow))}</section>
  </div>`;
}

/** Going to an end of an arrow does not mean to be done with it. */
function keepingArrow(
  store: PanelStore,
  { id }: Arrow,
  action: ReturnType<typeof momentAction>,
): ReturnType<typeof momentAction> {
  if (action === null) return null;
  const run = (): void => {
    action.run();
    store.selectArrow(id);
  };
  return { ...action, run };
}

function lineOf(arrow: Arrow): string | null {
  switch (arrow.kind) {
    case 'message':
      return arrow.message.location;
    case 'spawn':
      return arrow.call.location;
    case 'wake':
      return arrow.notify.location;
    default:
      return assertUnreachable(arrow);
  }
}

function fields({ model }: Naming, arrow: Arrow): Field[] {
  const { from, to } = arrow;
  const base = model.start ?? 0;
  const scale = to.time - from.time;
  const start = formatMoment(from.time - base, scale);
  const end = formatMoment(to.time - base, scale);
  switch (arrow.kind) {
    case 'message':
      return [
        [texts.sent, start],
        [texts.serialize, durationOf(arrow.serialize)],
        [texts.queue, formatDuration(arrow.queue)],
        [texts.delivered, end],
        [texts.handle, durationOf(arrow.handle)],
        [texts.size, sizeOf(arrow.bytes, arrow.bytesEstimated)],
      ];
    case 'spawn':
      return [
        [texts.called, start],
        [texts.began, end],
      ];
    case 'wake':
      return [
        [texts.notified, start],
        [texts.ranAgain, end],
      ];
    default:
      return assertUnreachable(arrow);
  }
}

function durationOf(duration: number | null): string | null {
  return duration === null ? null : formatDuration(duration);
}

function sizeOf(bytes: number | null, isEstimated: boolean): string | null {
  if (bytes === null) return null;
  return isEstimated ? texts.sizeEstimated(formatBytes(bytes)) : formatBytes(bytes);
}
