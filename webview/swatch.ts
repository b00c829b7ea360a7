import { html, type TemplateResult } from 'lit';
import type { ThreadState } from '../src/model/states';
import { stateLetters } from './strings';

/** The colour of a state with its letter in it: never the colour alone. */
export function swatch(state: ThreadState): TemplateResult {
  return html`<span class="swatch state-${state}" aria-hidden="true">${stateLetters[state]}</span>`;
}
