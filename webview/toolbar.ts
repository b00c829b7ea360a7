import { html, nothing, type TemplateResult } from 'lit';
import { NS_PER_SECOND } from '../src/base/units';
import { baseName } from '../src/model/select';
import { isFailure, samplerOverhead } from '../src/model/selectPanel';
import { precisionText, samplerTexts } from './cpuTexts';
import { platformOf } from './details/absence';
import { formatBytes, formatClock, formatCount, formatPercent } from './format';
import { SignalElement } from './signalElement';
import { exitText, toolbar } from './strings';
import './find/filterMenu';
import './find/hiddenBar';
import './find/searchBox';
import { sortSelect } from './find/sortSelect';
import './find/viewMenu';

interface ButtonLook {
  readonly icon: string;
  readonly label: string;
  readonly title: string;
  readonly pressed?: boolean;
  readonly run: () => void;
}

/** What runs, how it is doing, and the commands for it. */
export class CvizToolbar extends SignalElement {
  protected override render(): TemplateResult {
    const { store } = this;
    const { title, canStop, canRestart } = store.hostInfo.value;
    const { state } = store.status.value;
    const isOver = state === 'ended' || state === 'failed';
    const isAlone = store.lost.value;
    // Not of the rows: the filter may hide all of them.
    const isEmpty = store.model.processes.size === 0;
    return html`
      <div class="toolbar" role="toolbar" aria-label=${toolbar.label}>
        <h1 class="title" title=${title}>${shortTitle(title)}</h1>
        ${this.renderStatus()}
        ${
          canStop && !isOver && !isAlone
            ? this.button({
                icon: 'debug-stop',
                label: toolbar.stop,
                title: toolbar.stopTitle,
                run: () => store.post({ type: 'stop' }),
              })
            : nothing
        }
        ${
          canRestart && !isAlone
            ? this.button({
                icon: 'debug-restart',
                label: toolbar.restart,
                title: toolbar.restartTitle,
                run: () => store.post({ type: 'restart' }),
              })
            : nothing
        }
        ${isEmpty ? nothing : this.renderViewButtons(isOver)} ${isEmpty ? nothing : this.renderFinding()}
        <span class="space"></span>
        ${this.renderFigures()}
      </div>
      <cviz-hidden-bar .store=${store}></cviz-hidden-bar>
    `;
  }

  private renderFinding(): TemplateResult {
    const { store } = this;
    return html`
      <span class="toolbarBreak"></span>
      <cviz-search-box .store=${store}></cviz-search-box>
      <cviz-filter-menu .store=${store}></cviz-filter-menu>
      ${sortSelect(store, 'sortInBar')}
      <cviz-view-menu .store=${store}></cviz-view-menu>
    `;
  }

  private renderViewButtons(isOver: boolean): TemplateResult {
    const { store } = this;
    const { mode } = store.view.value;
    return html`
      ${this.button({
        icon: 'screen-full',
        label: toolbar.fit,
        title: toolbar.fitTitle,
        pressed: mode === 'fit',
        run: () => store.fit(),
      })}
      ${
        isOver
          ? nothing
          : this.button({
              icon: 'keyboard-tab',
              label: toolbar.follow,
              title: toolbar.followTitle,
              pressed: mode === 'follow',
              run: () => store.toggleFollow(),
            })
      }
    `;
  }

  private button(look: ButtonLook): TemplateResult {
    const { icon, label, title, pressed, run } = look;
    return html`<cvizui-button
      class=${pressed === true ? 'pressed' : ''}
      appearance="secondary"
      title=${title}
      aria-label=${label}
      aria-pressed=${pressed === undefined ? nothing : pressed}
      @click=${run}
      ><span slot="start" class="codicon codicon-${icon}" aria-hidden="true"></span
      ><span class="buttonLabel">${label}</span></cvizui-button
    >`;
  }

  private renderStatus(): TemplateResult {
    const { status, model, duration } = this.store;
    const clock = html`<span class="clock">${formatClock(duration.value)}</span>`;
    switch (status.value.state) {
      case 'idle':
        return html`<span class="status dim">${toolbar.idle}</span>`;
      case 'starting':
        return html`<span class="status dim">${toolbar.starting}</span>`;
      case 'live':
        return html`<span class="status live"
          ><span class="codicon codicon-circle-filled" aria-hidden="true"></span>${toolbar.live}
          ${clock}</span
        >`;
      case 'failed':
        return html`<span class="status failure"
          ><span class="codicon codicon-error" aria-hidden="true"></span>${toolbar.failed}</span
        >`;
      case 'ended': {
        const exit = model.rootExit;
        const hasFailed = isFailure(exit);
        return html`<span class="status"
          ><span
            class="codicon ${hasFailed ? 'codicon-error failure' : 'codicon-pass dim'}"
            aria-hidden="true"
          ></span
          >${toolbar.ended} ${clock}
          ${exit === null ? nothing : html`<span class="exitText ${hasFailed ? 'failure' : 'dim'}">· ${exitText(exit)}</span>`}
        </span>`;
      }
    }
  }

  private renderFigures(): TemplateResult {
    const { model } = this.store;
    const overhead = samplerOverhead(model);
    const interval = model.sampler?.interval ?? 0;
    const threads = alive(model.threads.values());
    const processes = alive(model.processes.values());
    const imprecise =
      model.sampler === null ? null : precisionText(model.sampler.precision, platformOf(model));
    return html`<span class="figures dim">
      ${
        overhead === null
          ? nothing
          : html`<span title=${samplerTexts.overheadTitle(threads, processes)}
              >${toolbar.overhead(formatPercent(overhead))}</span
            >`
      }
      ${
        interval > 0
          ? html`<span class="optional" title=${samplerTexts.rateTitle(threads, processes)}
              >${toolbar.rate(String(Math.round(NS_PER_SECOND / interval)))}</span
            >`
          : nothing
      }
      ${
        imprecise === null
          ? nothing
          : html`<span class="estimate" title=${imprecise}>${samplerTexts.estimated}</span>`
      }
      ${
        model.run === null
          ? nothing
          : html`<span
              class=${model.dropped.records > 0 ? 'warning' : 'optional'}
              title=${toolbar.droppedTitle(formatBytes(model.dropped.bytes))}
              >${toolbar.dropped(formatCount(model.dropped.records))}</span
            >`
      }
    </span>`;
  }
}

function alive(all: Iterable<{ readonly end: number | null }>): string {
  let count = 0;
  for (const { end } of all) if (end === null) count++;
  return formatCount(count);
}

/** Of a script's path its name; a command line stays as it is. */
function shortTitle(title: string): string {
  return /\s/.test(title) ? title : baseName(title);
}

customElements.define('cviz-toolbar', CvizToolbar);
