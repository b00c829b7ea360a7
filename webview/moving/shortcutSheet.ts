import { html, LitElement, type TemplateResult } from 'lit';
import { shortcutSheet as texts, type ShortcutGroup } from './movingTexts';

/** All ways of mouse and keyboard, on a sheet over the page. The browser keeps the focus on it, and gives it back. */
export class CvizShortcuts extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  show(): void {
    if (this.dialog?.open === false) this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog
      class="shortcuts"
      aria-labelledby="shortcutsTitle"
      @click=${this.onClick}
      @keydown=${this.onKey}
    >
      <div class="shortcutsSheet">
        <div class="shortcutsHead">
          <h2 id="shortcutsTitle">${texts.title}</h2>
          <button
            class="iconButton"
            aria-label=${texts.close}
            title=${texts.close}
            @click=${() => this.dialog?.close()}
          >
            <span class="codicon codicon-close" aria-hidden="true"></span>
          </button>
        </div>
        <div class="shortcutGroups" tabindex="0" role="group" aria-labelledby="shortcutsTitle">
          ${texts.groups.map(renderGroup)}
        </div>
      </div>
    </dialog>`;
  }

  /** Beside the sheet. */
  private readonly onClick = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.dialog?.close();
  };

  /** Whatever is pressed here is not meant for the lanes; the key that opened the sheet closes it too. */
  private readonly onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === '?') this.dialog?.close();
  };
}

function renderGroup({ title, shortcuts }: ShortcutGroup): TemplateResult {
  return html`<section>
    <h3>${title}</h3>
    <dl>
      ${shortcuts.map(
        ({ keys, does }) =>
          html`<div>
            <dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${does}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

customElements.define('cviz-shortcuts', CvizShortcuts);
