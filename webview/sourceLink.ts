/** A line of source, wherever one is shown: the one that somebody wrote, with the one that ran in its title. */
import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { printable, shortLocation } from './format';
import type { SourcePlace } from './sourceLocations';
import { sourceTexts } from './sourceTexts';
import type { PanelStore } from './store';

/** `worker.ts:12`, to be opened in the editor; where there is none, to be copied. */
export function locationLink(store: PanelStore, location: string): TemplateResult {
  const place = store.sources.place(location);
  const text = nameOf(place);
  const full = printable(place.location);
  if (store.hostInfo.value.canOpenSource) {
    return html`<button
      class="link"
      title=${titleOf(place, sourceTexts.open(full))}
      @click=${() => store.post({ type: 'openSource', location })}
    >
      ${text}
    </button>`;
  }
  return html`<button
      class="link"
      title=${titleOf(place, sourceTexts.copy(full))}
      @click=${() => void copy(place.location)}
    >
      ${text}</button
    >${copyNote(place.location)}`;
}

/** The same where nothing can be clicked: `worker.ts:12`. */
export function locationText(store: PanelStore, location: string): TemplateResult {
  const place = store.sources.place(location);
  return html`<code title=${titleOf(place, printable(place.location))}>${nameOf(place)}</code>`;
}

function nameOf(place: SourcePlace): string {
  return printable(shortLocation(place.location));
}

function titleOf({ generated, problem }: SourcePlace, first: string): string {
  const lines = [first];
  if (generated !== null) lines.push(sourceTexts.generated(printable(generated)));
  if (problem !== null) lines.push(printable(problem));
  return lines.join('\n');
}

/** What was copied last, or could not be: said beside the link for a moment. */
const lastCopy = signal<{ readonly location: string; readonly succeeded: boolean } | null>(null);
const NOTE_MS = 1500;

async function copy(location: string): Promise<void> {
  let succeeded = true;
  try {
    await navigator.clipboard.writeText(location);
  } catch {
    succeeded = false;
  }
  const note = { location, succeeded };
  lastCopy.value = note;
  setTimeout(() => {
    if (lastCopy.value === note) lastCopy.value = null;
  }, NOTE_MS);
}

function copyNote(location: string): TemplateResult | typeof nothing {
  const note = lastCopy.value;
  if (note?.location !== location) return nothing;
  return html` <span class="dim" role="status"
    >${note.succeeded ? sourceTexts.copied : sourceTexts.notCopied}</span
  >`;
}
