import { html, nothing, type TemplateResult } from 'lit';
import { exampleIds } from '../src/protocol/messages';
import { SignalElement } from './signalElement';
import { emptyPage as texts, examples, recordingProblem } from './strings';

/** What the page shows while there is no process to show: why, and what to do about it. */
export class CvizEmptyPage extends SignalElement {
  protected override render(): TemplateResult {
    return html`<div class="emptyPage">${this.renderState()}</div>`;
  }

  private renderState(): TemplateResult {
    const { status, problem, lost, hostInfo } = this.store;
    const { state } = status.value;
    if (state === 'failed') return this.renderFailure(texts.failedTitle, status.value.problem);
    if (problem.value !== null) return this.renderFailure(texts.failedTitle, recordingProblem(problem.value));
    if (state === 'idle') return this.renderIdle();
    if (state === 'ended' || lost.value) {
      const restart = hostInfo.value.canRestart ? texts.emptyText : texts.emptyTextNoRestart;
      return this.renderFailure(
        texts.emptyTitle,
        state === 'ended' ? (status.value.problem ?? restart) : restart,
      );
    }
    return html`
      <cvizui-progress-ring aria-label=${texts.startingTitle('')}></cvizui-progress-ring>
      <h2>${texts.startingTitle(hostInfo.value.title)}</h2>
      <p>${texts.startingText}</p>
    `;
  }

  private renderIdle(): TemplateResult {
    const { store } = this;
    return html`
      <span class="codicon codicon-type-hierarchy emptyIcon" aria-hidden="true"></span>
      <h1>${texts.idleTitle}</h1>
      <p>${texts.idleText}</p>
      <ul class="examples" aria-label=${texts.examplesLabel}>
        ${exampleIds.map(
          (example) =>
            html`<li>
              <cvizui-button
                appearance="secondary"
                @click=${() => store.post({ type: 'openExample', example })}
                >${examples[example].name}</cvizui-button
              >
              <span class="dim">${examples[example].about}</span>
            </li>`,
        )}
      </ul>
      ${this.renderChoose()}
    `;
  }

  private renderFailure(title: string, text: string): TemplateResult {
    const { store } = this;
    const { canRestart, kind } = store.hostInfo.value;
    return html`
      <span class="codicon codicon-warning emptyIcon warning" aria-hidden="true"></span>
      <h2>${title}</h2>
      <p role="alert">${text}</p>
      <div class="emptyButtons">
        ${
          canRestart && !store.lost.value
            ? html`<cvizui-button @click=${() => store.post({ type: 'restart' })}
                >${texts.restart}</cvizui-button
              >`
            : nothing
        }
        ${kind === 'vscode' ? this.renderChoose() : nothing}
      </div>
    `;
  }

  private renderChoose(): TemplateResult {
    return html`<cvizui-button
      appearance="secondary"
      @click=${() => this.store.post({ type: 'chooseScript' })}
      >${texts.choose}</cvizui-button
    >`;
  }
}

customElements.define('cviz-empty-page', CvizEmptyPage);
