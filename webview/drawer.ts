import { html, nothing, type TemplateResult } from 'lit';
import { renderDetails } from './details/details';
import { renderMemory } from './details/memoryTab';
import { drawerTabs, type DrawerTab } from './savedState';
import { SignalElement } from './signalElement';
import { renderWhy } from './why/whyTab';
import { factTexts } from './factTexts';
import { formatCount, formatCountShort } from './format';
import { totalsOf } from './messages/filter';
import { drawer as texts, drawerTabNames } from './strings';
import { messages } from './messages/messageTexts';
import { css } from './cssProperties';
import './messages/messagesTab';
import './splitter';

const MIN_HEIGHT = 90;
/** What the rows above keep, however far the drawer is pulled up. */
const MAX_SHARE = 0.7;

/** Below the rows: what there is to know about the selection. */
export class CvizDrawer extends SignalElement {
  protected override render(): TemplateResult {
    const { store } = this;
    const { open, height, tab } = store.drawer.value;
    return html`<section
      class="drawer"
      aria-label=${texts.label}
      ${css({ height: open ? `${height}px` : 'auto' })}
    >
      ${open ? this.renderSplitter(height) : nothing}
      <div class="drawerHead">
        <div class="tabs" role="tablist" aria-label=${texts.label} @keydown=${this.onTabKey}>
          ${drawerTabs.map((each) => this.renderTab(each, open && each === tab))}
        </div>
        ${open && (tab === 'details' || tab === 'memory') ? this.renderExplain() : nothing}
        <button
          class="iconButton"
          aria-expanded=${open}
          aria-label=${open ? texts.close : texts.open}
          title=${open ? texts.close : texts.open}
          @click=${() => store.setDrawer({ open: !open })}
        >
          <span class="codicon codicon-chevron-${open ? 'down' : 'up'}" aria-hidden="true"></span>
        </button>
      </div>
      ${
        open
          ? html`<div
              class="drawerBody"
              role="tabpanel"
              id="drawerPanel"
              aria-labelledby="tab-${tab}"
              tabindex="0"
            >
              ${this.renderBody(tab)}
            </div>`
          : nothing
      }
    </section>`;
  }

  private renderBody(tab: DrawerTab): TemplateResult {
    const { store } = this;
    switch (tab) {
      case 'why':
        return renderWhy(store);
      case 'details':
        return renderDetails(store);
      case 'memory':
        return renderMemory(store);
      case 'messages':
        return html`<cviz-messages .store=${store}></cviz-messages>`;
    }
  }

  /** Tooltips do not reach everybody: the same words on the page. */
  private renderExplain(): TemplateResult {
    const { store } = this;
    const { explain } = store.drawer.value;
    return html`<button
      class="explainButton"
      aria-pressed=${explain}
      title=${factTexts.explainTitle}
      @click=${() => store.setDrawer({ explain: !explain })}
    >
      <span class="codicon codicon-book" aria-hidden="true"></span
      ><span class="buttonLabel">${factTexts.explain}</span>
    </button>`;
  }

  private renderSplitter(height: number): TemplateResult {
    const { store } = this;
    return html`<cviz-splitter
      class="drawerSplitter"
      direction="horizontal"
      .value=${height}
      .min=${MIN_HEIGHT}
      .max=${Math.max(MIN_HEIGHT, window.innerHeight * MAX_SHARE)}
      .label=${texts.splitter}
      @move=${(event: CustomEvent<number>) => store.setDrawer({ height: event.detail })}
    ></cviz-splitter>`;
  }

  private renderTab(tab: DrawerTab, isSelected: boolean): TemplateResult {
    const { open, tab: current } = this.store.drawer.value;
    return html`<button
      role="tab"
      id="tab-${tab}"
      class="tab"
      aria-selected=${isSelected}
      aria-controls=${open ? 'drawerPanel' : nothing}
      tabindex=${tab === current ? 0 : -1}
      @click=${() => this.store.setDrawer({ open: true, tab })}
    >
      ${drawerTabNames[tab]} ${tab === 'messages' ? this.renderMessageCount() : nothing}
    </button>`;
  }

  private renderMessageCount(): TemplateResult | typeof nothing {
    const { sent } = totalsOf(this.store.messageRows.value);
    if (sent === 0) return nothing;
    return html`<span class="tabCount" title=${messages.tabCount(formatCount(sent))}
      >${formatCountShort(sent)}</span
    >`;
  }

  private readonly onTabKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = drawerTabs.indexOf(this.store.drawer.value.tab) + step;
    const tab = drawerTabs[(index + drawerTabs.length) % drawerTabs.length] ?? drawerTabs[0];
    this.store.setDrawer({ open: true, tab });
    this.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  };
}

customElements.define('cviz-drawer', CvizDrawer);
