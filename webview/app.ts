import { html, nothing, type TemplateResult } from 'lit';
import { SignalElement } from './signalElement';
import './drawer';
import './emptyPage';
import './legend';
import './noticeBar';
import './surface';
import './toolbar';

/** The whole page: the panel when there is something to show, else what to do to get there. */
export class CvizApp extends SignalElement {
  protected override render(): TemplateResult {
    const { store, palette } = this;
    const isEmpty = store.model.processes.size === 0;
    const { kind, title } = store.hostInfo.value;
    if (kind === 'browser' && title !== '') document.title = title;
    return html`
      ${store.status.value.state === 'idle' ? nothing : html`<cviz-toolbar .store=${store}></cviz-toolbar>`}
      <cviz-notice-bar .store=${store}></cviz-notice-bar>
      ${
        isEmpty
          ? html`<cviz-empty-page .store=${store}></cviz-empty-page>`
          : html`
              <cviz-surface .store=${store} .palette=${palette}></cviz-surface>
              <cviz-drawer .store=${store}></cviz-drawer>
              <cviz-legend .store=${store}></cviz-legend>
            `
      }
    `;
  }
}

customElements.define('cviz-app', CvizApp);
