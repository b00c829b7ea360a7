import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { optionalColumns, type OptionalColumn } from '../savedState';
import { SignalElement } from '../signalElement';
import { densities } from '../timeline/lane';
import { columnNames, densityNames, view } from './findTexts';
import { Popover } from './popover';
import { sortSelect } from './sortSelect';

/** How the rows look: order, height, columns, arrows. */
export class CvizViewMenu extends SignalElement {
  private readonly menu = new Popover(this);

  protected override render(): TemplateResult {
    const { menu } = this;
    return html`<button
        type="button"
        class="toolButton popoverButton"
        title=${view.title}
        aria-label=${view.button}
        aria-haspopup="dialog"
        aria-expanded=${menu.isOpen}
        @click=${menu.toggle}
      >
        <span class="codicon codicon-settings" aria-hidden="true"></span
        ><span class="toolLabel">${view.button}</span
        ><span class="codicon codicon-chevron-down" aria-hidden="true"></span>
      </button>
      ${menu.isOpen ? this.renderPanel() : nothing}`;
  }

  private renderPanel(): TemplateResult {
    const { store } = this;
    const moved = store.arrangement.value.places.length;
    return html`<div class="popover" role="dialog" aria-label=${view.dialog}>
      <fieldset>
        <legend>${view.sort}</legend>
        ${sortSelect(store, '')}
        ${
          moved === 0
            ? nothing
            : html`<button
                type="button"
                class="toolButton"
                @click=${() => store.setArrangement({ places: [] })}
              >
                ${view.restoreOrder(moved)}
              </button>`
        }
      </fieldset>
      <fieldset>
        <legend>${view.density}</legend>
        <div class="switch">
          ${densities.map(
            (density) =>
              html`<button
                type="button"
                aria-pressed=${store.density.value === density}
                @click=${() => (store.density.value = density)}
              >
                ${densityNames[density]}
              </button>`,
          )}
        </div>
      </fieldset>
      <fieldset class="inLine">
        <legend title=${view.columnsHint}>${view.columns}</legend>
        ${optionalColumns.map((column) => this.renderColumn(column))}
      </fieldset>
      <fieldset>
        <legend>${view.arrows}</legend>
        <label class="check"
          ><input
            type="checkbox"
            .checked=${live(store.showsArrows.value)}
            @change=${() => (store.showsArrows.value = !store.showsArrows.value)}
          /><span>${view.arrowsTitle}</span></label
        >
      </fieldset>
    </div>`;
  }

  private renderColumn(column: OptionalColumn): TemplateResult {
    const { hiddenColumns } = this.store;
    const isHidden = hiddenColumns.value.includes(column);
    const toggle = (): void => {
      const others = hiddenColumns.value.filter((one) => one !== column);
      hiddenColumns.value = isHidden ? others : [...others, column];
    };
    return html`<label class="check"
      ><input type="checkbox" .checked=${live(!isHidden)} @change=${toggle} /><span
        >${columnNames[column]}</span
      ></label
    >`;
  }
}

customElements.define('cviz-view-menu', CvizViewMenu);
