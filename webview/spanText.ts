/** A span in words: for the tooltip. */
import { html, nothing, type TemplateResult } from 'lit';
import { assertUnreachable } from '../src/base/assertUnreachable';
import { spanOf, type Span, type SpanRun } from '../src/model/spans';
import type { Thread } from '../src/model/types';
import type { PanelStore } from './store';
import { formatCount, formatDuration, formatMoment } from './format';
import { locationText } from './sourceLink';
import { spanTexts as texts } from './spanTexts';
import { spanLabels } from './timeline/spanLabels';

export function spanText(store: PanelStore, thread: Thread, run: SpanRun): TemplateResult | null {
  const { model } = store;
  if (run.count > 1) {
    return html`<div class="tooltipTitle">
      ${texts.several(formatCount(run.count), texts.severalKinds[run.layer])}
    </div>`;
  }
  const span = spanOf(model, thread, run);
  if (span === null) return null;
  const base = model.start ?? 0;
  const duration = (span.end ?? model.now) - span.start;
  const [title = ''] = spanLabels(model, thread, span);
  const location = locationOf(span);
  return html`<div class="tooltipTitle">
      <span class="spanSwatch span-${span.kind}" aria-hidden="true"></span> ${title}
    </div>
    <div>
      ${span.end === null ? texts.lasts(formatDuration(duration)) : formatDuration(duration)}${
        location === null ? nothing : html`, ${texts.at} ${locationText(store, location)}`
      }
    </div>
    ${span.kind === 'longTask' ? html`<div>${texts.held}</div>` : nothing}
    <div class="dim">${texts.begins(formatMoment(span.start - base, duration))}</div>`;
}

/** The line it was called from; the one that sent a message is told by its arrow. */
function locationOf(span: Span): string | null {
  switch (span.kind) {
    case 'wait':
      return span.wait.location;
    case 'syncCall':
      return span.blocked.location;
    case 'message':
    case 'longTask':
      return null;
    default:
      return assertUnreachable(span);
  }
}
