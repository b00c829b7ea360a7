import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { threadStates, type ThreadKind } from '../../src/model/states';
import { formatCount } from '../format';
import type { Arrangement } from '../rows/arrangement';
import { noFilters } from '../rows/rowFilter';
import { SignalElement } from '../signalElement';
import { stateMeanings, stateNames } from '../strings';
import { swatch } from '../swatch';
import { activeTexts } from './activeTexts';
import './blockedFilter';
import { filter, kindNames } from './findTexts';
import { Popover } from './popover';
import { processChoices } from './processChoices';

const kinds: readonly ThreadKind[] = ['main', 'worker', 'native'];

interface Check {
  readonly label: unknown;
  readonly title: string;
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
}

/** Chooses which rows are shown. */
export class CvizFilterMenu extends SignalElement {
  private readonly menu = new Popover(this);

  protected override render(): TemplateResult {
    const { store, menu } = this;
    const texts = activeTexts(store.model, store.arrangement.value);
    const [first] = texts;
    const label =
      first === undefined
        ? filter.button
        : texts.length === 1
          ? filter.one(first)
          : filter.several(texts.length);
    return html`<button
        type="button"
        class="toolButton popoverButton ${texts.length > 0 ? 'pressed' : ''}"
        title=${texts.length === 0 ? filter.title : texts.join(', ')}
        aria-label=${label}
        aria-haspopup="dialog"
        aria-expanded=${menu.isOpen}
        @click=${menu.toggle}
      >
        <span
          class="codicon codicon-${texts.length > 0 ? 'filter-filled' : 'filter'}"
          aria-hidden="true"
        ></span
        ><span class="toolLabel">${label}</span
        ><span class="toolCount" aria-hidden="true">${texts.length > 0 ? texts.length : ''}</span
        ><span class="codicon codicon-chevron-down" aria-hidden="true"></span>
      </button>
      ${menu.isOpen ? this.renderPanel() : nothing}`;
  }

  private renderPanel(): TemplateResult {
    const { arrangement } = this.store;
    const { hideIdle, hideNative, hideEnded } = arrangement.value;
    const hide = (label: string, title: string, name: 'hideIdle' | 'hideNative' | 'hideEnded', on: boolean) =>
      this.check({ label, title, checked: on, change: (checked) => this.set({ [name]: checked }) });
    return html`<div class="popover" role="dialog" aria-label=${filter.dialog}>
      <fieldset>
        <legend>${filter.hide}</legend>
        ${hide(filter.hideIdle, filter.hideIdleHint, 'hideIdle', hideIdle)}
        ${hide(filter.hideNative, filter.hideNativeHint, 'hideNative', hideNative)}
        ${hide(filter.hideEnded, '', 'hideEnded', hideEnded)}
      </fieldset>
      ${this.renderStates()} ${this.renderKinds()}
      <fieldset>
        <legend>${filter.blocked}</legend>
        <cviz-blocked-filter .store=${this.store}></cviz-blocked-filter>
      </fieldset>
      ${this.renderProcess()}
      <div class="popoverFoot">
        <button type="button" class="toolButton" @click=${() => this.set(noFilters)}>
          ${filter.clearAll}
        </button>
      </div>
    </div>`;
  }

  private renderStates(): TemplateResult {
    const { states } = this.store.arrangement.value;
    return html`<fieldset class="twoColumns">
      <legend>${filter.states}</legend>
      ${threadStates.map((state) =>
        this.check({
          label: html`${swatch(state)} ${stateNames[state]}`,
          title: stateMeanings[state],
          checked: states.includes(state),
          change: (checked) => this.set({ states: toggled(states, state, checked) }),
        }),
      )}
    </fieldset>`;
  }

  private renderKinds(): TemplateResult {
    const chosen = this.store.arrangement.value.kinds;
    return html`<fieldset class="inLine">
      <legend>${filter.kinds}</legend>
      ${kinds.map((kind) =>
        this.check({
          label: kindNames[kind],
          title: '',
          checked: chosen.includes(kind),
          change: (checked) => this.set({ kinds: toggled(chosen, kind, checked) }),
        }),
      )}
    </fieldset>`;
  }

  private renderProcess(): TemplateResult {
    const { model, arrangement, selectedRow } = this.store;
    const chosen = arrangement.value.processId ?? '';
    const { choices, more } = processChoices(model, [chosen, processIdOf(selectedRow.value)]);
    return html`<fieldset>
      <legend>${filter.process}</legend>
      <select
        class="select"
        aria-label=${filter.process}
        title=${filter.processHint}
        .value=${live(chosen)}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          this.set({ processId: value === '' ? null : value });
        }}
      >
        <option value="" ?selected=${chosen === ''}>${filter.allProcesses}</option>
        ${choices.map(({ id, text }) => html`<option value=${id} ?selected=${id === chosen}>${text}</option>`)}
      </select>
      ${more === 0 ? nothing : html`<p class="dim">${filter.moreProcesses(formatCount(more))}</p>`}
    </fieldset>`;
  }

  private check({ label, title, checked, change }: Check): TemplateResult {
    return html`<label class="check" title=${title}
      ><input
        type="checkbox"
        .checked=${live(checked)}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      /><span>${label}</span></label
    >`;
  }

  private set(change: Partial<Arrangement>): void {
    this.store.setArrangement(change);
  }
}

function toggled<T>(items: readonly T[], item: T, isIn: boolean): readonly T[] {
  const others = items.filter((one) => one !== item);
  return isIn ? [...others, item] : others;
}

function processIdOf(row: CvizFilterMenu['store']['selectedRow']['value']): string {
  if (row === null) return '';
  return row.kind === 'thread' ? row.thread.processId : row.process.id;
}

customElements.define('cviz-filter-menu', CvizFilterMenu);
