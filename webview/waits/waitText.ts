/** A wait on a shared buffer in words. */
import { html, nothing, type TemplateResult } from 'lit';
import { NS_PER_MS } from '../../src/base/units';
import { threadTitle } from '../../src/model/select';
import type { Notify } from '../../src/model/types';
import type { WaitView } from '../../src/model/waits';
import { subjectLink } from '../details/fields';
import { formatDuration } from '../format';
import { locationLink, locationText } from '../sourceLink';
import type { PanelStore } from '../store';
import { details } from '../details/detailTexts';
import { waits as texts } from './waitTexts';
import type { Waits } from './waitsByThread';

/**
 * `Atomics.wait on buffer 1, cell 0, timeout 5 s, at worker.js:41, woken by worker 3 at main.js:12`. Without links
 * where nothing can be clicked (the tooltip).
 */
export function waitText(store: PanelStore, wait: WaitView, withLinks: boolean): TemplateResult {
  const { buffer, cell, timeoutMs, isAsync, location, wokenBy } = wait;
  const number = buffer === null ? null : (store.waits.value.bufferNumbers.get(buffer) ?? null);
  return html`${texts.on(
    isAsync ? 'Atomics.waitAsync' : 'Atomics.wait',
    texts.buffer(number),
    texts.cell(cell),
    timeoutMs === null || !Number.isFinite(timeoutMs)
      ? texts.noTimeout
      : texts.timeout(formatDuration(Math.max(0, timeoutMs) * NS_PER_MS)),
  )}${place(store, location, withLinks)}${
    wokenBy === null ? nothing : html`, ${texts.wokenBy} ${wakerText(store, wokenBy, withLinks)}`
  }`;
}

/** `worker 3 at main.js:12`. */
export function wakerText(store: PanelStore, waker: Notify, withLinks: boolean): TemplateResult {
  const thread = store.model.threads.get(waker.threadId);
  const name = thread === undefined ? details.unknown : threadTitle(thread);
  return html`${withLinks && thread !== undefined ? subjectLink(store, thread.id, name) : name}${place(store, waker.location, withLinks, ' ')}`;
}

function place(
  store: PanelStore,
  location: string | null,
  withLinks: boolean,
  before = ', ',
): TemplateResult | typeof nothing {
  if (location === null) return nothing;
  const line = withLinks ? locationLink(store, location) : locationText(store, location);
  return html`${before}${texts.at} ${line}`;
}

/** What a thread is stuck in right now. */
export function openWait({ byThread }: Waits, threadId: string): WaitView | null {
  const last = byThread.get(threadId)?.findLast(({ isAsync }) => !isAsync) ?? null;
  return last?.end === null ? last : null;
}
