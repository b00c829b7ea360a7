/** Threads by name, where they are spoken of outside their own row. */
import { html, type TemplateResult } from 'lit';
import { processTitle, threadTitle } from '../src/model/select';
import type { Deed, Model, Thread } from '../src/model/types';
import { subjectLink } from './details/fields';
import { locationLink } from './sourceLink';
import { formatClock } from './format';
import type { PanelStore } from './store';
import { details } from './details/detailTexts';

/** `worker 2`, or `main of node app.js` for readers who think of another process. */
function nameSeenFrom(model: Model, thread: Thread, processId: string): string {
  const process = model.processes.get(thread.processId);
  if (process === undefined || process.id === processId) return threadTitle(thread);
  return details.ofProcess(threadTitle(thread), processTitle(process));
}

export function threadLink(store: PanelStore, threadId: string, processId: string): TemplateResult {
  const thread = store.model.threads.get(threadId);
  if (thread === undefined) return html`${details.unknown}`;
  return subjectLink(store, threadId, nameSeenFrom(store.model, thread, processId));
}

/** Who did it, where and when. */
export function deedValue(store: PanelStore, deed: Deed, processId: string): TemplateResult {
  return html`${threadLink(store, deed.threadId, processId)}
    ${deed.location === null ? '' : html`${details.deedAt} ${locationLink(store, deed.location)}`}
    <span class="dim">${formatClock(deed.time - (store.model.start ?? 0))}</span>`;
}
