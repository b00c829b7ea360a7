/** Which threads let their messages wait, and what they do instead: what a pool that hangs looks like. */
import { html, nothing, type TemplateResult } from 'lit';
import { threadTitle } from '../../src/model/select';
import { subjectLink } from '../details/fields';
import { nowValue } from '../details/nowValue';
import { formatCount, formatDuration } from '../format';
import type { PanelStore } from '../store';
import { messages as texts } from './messageTexts';
import type { Backlog } from './backlog';

/** The worst ones; a hundred lines of the same would push the table away. */
const MAX_NAMED = 3;

export function renderBacklogs(store: PanelStore): TemplateResult | typeof nothing {
  const backlogs = [...store.backlogs.value.values()];
  if (backlogs.length === 0) return nothing;
  const more = backlogs.length - MAX_NAMED;
  return html`<ul class="backlogs">
    ${backlogs.slice(0, MAX_NAMED).map((backlog) => renderBacklog(store, backlog))}
    ${more > 0 ? html`<li class="dim">${texts.moreBacklogs(more)}</li>` : nothing}
  </ul>`;
}

function renderBacklog(store: PanelStore, backlog: Backlog): TemplateResult {
  const { model } = store;
  const thread = model.threads.get(backlog.threadId);
  if (thread === undefined) return html``;
  const since = formatDuration(model.now - backlog.since);
  return html`<li>
    <span class="codicon codicon-mail" aria-hidden="true"></span>
    <span
      ><b>${subjectLink(store, thread.id, threadTitle(thread))}</b>:
      ${texts.backlog(backlog.waiting, formatCount(backlog.waiting), since)}. ${texts.backlogNow}
      ${nowValue(store, thread)}</span
    >
  </li>`;
}
