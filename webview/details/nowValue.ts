import { html, nothing, type TemplateResult } from 'lit';
import { currentState } from '../../src/model/select';
import type { Thread } from '../../src/model/types';
import { formatDuration, printable } from '../format';
import type { PanelStore } from '../store';
import { details } from './detailTexts';
import { shortReasons, stateNames } from '../strings';
import { swatch } from '../swatch';
import { openWait, waitText } from '../waits/waitText';
import { locationLink } from '../sourceLink';

/** What a thread does now and, while it sleeps, why: `Blocked for 3.2 s: Atomics.wait on buffer 1, …`. */
export function nowValue(store: PanelStore, thread: Thread): TemplateResult {
  const { model } = store;
  const { state, reason } = currentState(model, thread);
  const span = state === 'blocked' ? thread.blockedSpans.at(-1) : undefined;
  if (span?.end !== null) {
    const isAsleep = state === 'blocked' || state === 'waiting';
    const why = isAsleep && reason !== 'unknown' ? `: ${shortReasons[reason]}` : '';
    const call = isAsleep ? (thread.last?.systemCall ?? null) : null;
    return html`${swatch(state)}
    ${stateNames[state]}${why}${call === null ? nothing : html` <code class="dim">${printable(call)}</code>`}`;
  }
  const wait = openWait(store.waits.value, thread.id);
  const duration = formatDuration(Math.max(0, model.now - span.start));
  return html`${swatch(state)} ${stateNames[state]} ${details.blockedFor(duration)}:
  ${
    wait === null
      ? html`${shortReasons[reason]} ${span.location === null ? nothing : locationLink(store, span.location)}`
      : waitText(store, wait, true)
  }`;
}
