import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { collectNotices, type PanelNotice } from './notices';
import { SignalElement } from './signalElement';
import { notices as texts } from './strings';

const icons = { info: 'info', warning: 'warning', error: 'error' } as const;

/** More lines than this would push the picture away; the others unfold. */
const FOLDED = 2;

/** What the user must know about this run, one line each, until dismissed. */
export class CvizNoticeBar extends SignalElement {
  private readonly unfolded = signal(false);

  protected override render(): TemplateResult {
    const { store } = this;
    const all = collectNotices(store).filter(({ key }) => !store.dismissed.value.has(key));
    const isUnfolded = this.unfolded.value;
    const shown = isUnfolded ? all : all.slice(0, FOLDED);
    return html`<div class="notices" role="status" aria-label=${texts.label}>
      ${repeat(
        shown,
        ({ key }) => key,
        (notice, index) =>
          this.renderNotice(
            notice,
            index === FOLDED - 1 && all.length > FOLDED ? this.renderFold(all.length) : nothing,
          ),
      )}
    </div>`;
  }

  private renderFold(count: number): TemplateResult {
    const isUnfolded = this.unfolded.value;
    return html`<button
      class="link"
      aria-expanded=${isUnfolded}
      @click=${() => (this.unfolded.value = !isUnfolded)}
    >
      ${isUnfolded ? texts.showFewer : texts.showMore(count - FOLDED)}
    </button>`;
  }

  private renderNotice(notice: PanelNotice, extra: TemplateResult | typeof nothing): TemplateResult {
    const { key, severity, text, subjectId } = notice;
    const { store } = this;
    return html`<div class="notice ${severity}">
      <span class="codicon codicon-${icons[severity]}" aria-hidden="true"></span>
      <span class="noticeText" title=${text}>${text}</span>
      ${
        subjectId === null
          ? nothing
          : html`<button class="link" @click=${() => this.show(subjectId)}>${texts.show}</button>`
      }
      ${extra}
      <button
        class="iconButton"
        aria-label=${texts.dismiss}
        title=${texts.dismiss}
        @click=${() => store.dismiss(key)}
      >
        <span class="codicon codicon-close" aria-hidden="true"></span>
      </button>
    </div>`;
  }

  private show(subjectId: string): void {
    this.store.reveal(subjectId);
    this.store.setDrawer({ open: true, tab: 'details' });
  }
}

customElements.define('cviz-notice-bar', CvizNoticeBar);
