import { html, nothing, type TemplateResult } from 'lit';
import type { Row } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import { formatCount, formatCountShort, formatDuration } from '../format';
import type { Backlog } from '../messages/backlog';
import { messages } from '../messages/messageTexts';

interface Backlogs {
  readonly model: Model;
  readonly backlogs: ReadonlyMap<string, Backlog>;
  /** There is no room for a number. */
  readonly isShort: boolean;
}

/**
 * How many messages wait for a thread, or for those of a folded process, where they wait too long. Beside the name, or
 * where there is no room for a number beside the state.
 */
export function backlogMark(
  row: Row,
  { model, backlogs, isShort }: Backlogs,
): TemplateResult | typeof nothing {
  if (backlogs.size === 0 || row.kind === 'nativeThreads') return nothing;
  const threads = row.kind === 'thread' ? [row.thread] : row.collapsed ? row.process.threads : [];
  const found = threads.flatMap(({ id }) => backlogs.get(id) ?? []);
  if (found.length === 0) return nothing;
  const count = found.reduce((sum, { waiting }) => sum + waiting, 0);
  const oldest = formatDuration(model.now - Math.min(...found.map(({ since }) => since)));
  const text = messages.backlog(count, formatCount(count), oldest);
  return html`<span class="backlogMark" title=${text}
    ><span class="codicon codicon-mail" aria-hidden="true"></span
    >${isShort ? nothing : html`<span aria-hidden="true">${formatCountShort(count)}</span>`}<span
      class="visuallyHidden"
      >${text}</span
    ></span
  >`;
}
