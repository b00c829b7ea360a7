import { html, nothing, type TemplateResult } from 'lit';
import { css } from '../cssProperties';
import { SignalElement } from '../signalElement';
import type { SurfaceLayout } from '../surfaceLayout';

/** A line down the CPU strip, ruler and lanes where the pointer is: what happened elsewhere at this moment? */
export class CvizPointerLine extends SignalElement {
  layout!: SurfaceLayout;

  protected override render(): TemplateResult | typeof nothing {
    const { layout } = this;
    const x = layout.pointerX.value;
    if (x === null || x < 0 || x > layout.laneWidth.value) return nothing;
    return html`<div
      class="pointerLine"
      ${css({ left: `${layout.treeWidth.value + Math.round(x)}px` })}
    ></div>`;
  }
}

customElements.define('cviz-pointer-line', CvizPointerLine);
