/** What to say of a fact that is not known: why. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Model, Process } from '../../src/model/types';
import { printable } from '../format';
import type { PanelStore } from '../store';
import { platformNames } from '../strings';
import { absence as texts, unreadableText } from '../unreadableTexts';

export function platformOf(model: Model): string {
  const platform = model.run?.platform ?? 'linux';
  return platformNames[platform] ?? platform;
}

/**
 * In place of a fact: the system refused one of `sources` (what `unreadable` records call them), does not have it, or
 * was not asked yet. `end` is that of the process or thread.
 */
export function absent(
  model: Model,
  process: Process,
  sources: readonly string[],
  end: number | null = process.end,
): TemplateResult {
  for (const source of sources) {
    const code = process.unreadable.get(source) ?? model.sampler?.unreadable.get(source);
    if (code === undefined) continue;
    const title = printable(unreadableText(source, code));
    return html`<span class="dim" title=${title}>${texts.refused(printable(code))}</span>`;
  }
  const platform = model.run?.platform ?? 'linux';
  if (platform !== 'linux') return html`<span class="dim">${texts.notOn(platformOf(model))}</span>`;
  return html`<span class="dim">${end === null ? texts.notYet : texts.ended}</span>`;
}

/** Whether the system does not let us read `source` of this process. */
export function isRefused(model: Model, process: Process, source: string): boolean {
  return process.unreadable.has(source) || model.sampler?.unreadable.has(source) === true;
}

/** All that the system refuses to tell of a process, in sentences. */
export function renderUnreadable(process: Process): TemplateResult | typeof nothing {
  return unreadableList(texts.title, process.unreadable);
}

/** The same of what it refuses whatever the process. */
export function renderUnreadableOfAny({ model }: PanelStore): TemplateResult | typeof nothing {
  return unreadableList(texts.ofAny, model.sampler?.unreadable ?? new Map());
}

function unreadableList(
  title: string,
  unreadable: ReadonlyMap<string, string>,
): TemplateResult | typeof nothing {
  if (unreadable.size === 0) return nothing;
  return html`<section class="unreadable">
    <h2>${title}</h2>
    <ul class="hints">
      ${[...unreadable].map(([what, code]) => html`<li>${printable(unreadableText(what, code))}</li>`)}
    </ul>
  </section>`;
}
