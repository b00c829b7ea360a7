import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { SignalElement } from '../signalElement';
import { blockedUnits, filter } from './findTexts';

const DEFAULT_UNIT = 1;

/** A number and its unit: how long a thread must have been Blocked to be shown. */
export class CvizBlockedFilter extends SignalElement {
  /** The unit chosen while there is no number yet. */
  private unit: number | null = null;

  protected override render(): TemplateResult {
    const time = this.store.arrangement.value.blockedLongerThan;
    const unit = this.unitOf(time);
    const factor = blockedUnits[unit]?.factor ?? 1;
    return html`<span class="amount"
      ><input
        type="number"
        min="0"
        step="any"
        aria-label=${filter.blockedAmount}
        title=${filter.blockedHint}
        .value=${live(time === null ? '' : String(time / factor))}
        @input=${() => this.read()}
      /><select class="select" aria-label=${filter.blockedUnit} @change=${() => this.read()}>
        ${blockedUnits.map(
          ({ name }, index) => html`<option value=${index} ?selected=${index === unit}>${name}</option>`,
        )}
      </select></span
    >`;
  }

  private unitOf(time: number | null): number {
    if (this.unit !== null) return this.unit;
    if (time === null) return DEFAULT_UNIT;
    return Math.max(
      0,
      blockedUnits.findLastIndex(({ factor }) => time >= factor),
    );
  }

  private read(): void {
    const input = this.querySelector('input');
    this.unit = Number(this.querySelector('select')?.value ?? DEFAULT_UNIT);
    const time = (input?.valueAsNumber ?? NaN) * (blockedUnits[this.unit]?.factor ?? 1);
    this.store.setArrangement({ blockedLongerThan: time > 0 && Number.isFinite(time) ? time : null });
  }
}

customElements.define('cviz-blocked-filter', CvizBlockedFilter);
