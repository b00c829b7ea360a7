import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';

const KEY_STEP = 16;

/**
 * A movable border, by pointer and by arrow keys. It only reports: `move` events carry the new value in `detail`,
 * and whoever placed it decides.
 */
export class CvizSplitter extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    direction: {},
    value: { type: Number },
    min: { type: Number },
    max: { type: Number },
    label: {},
  };

  /** `vertical`: a vertical line, moved sideways. `horizontal`: moved up and down; up makes the value larger. */
  declare direction: 'vertical' | 'horizontal';
  declare value: number;
  declare min: number;
  declare max: number;
  declare label: string;
  private drag: { readonly at: number; readonly value: number } | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="splitterLine ${this.direction}"
      role="separator"
      tabindex="0"
      aria-orientation=${this.direction}
      aria-label=${this.label}
      aria-valuenow=${Math.round(this.value)}
      aria-valuemin=${Math.round(this.min)}
      aria-valuemax=${Math.round(this.max)}
      @pointerdown=${this.down}
      @pointermove=${this.move}
      @pointerup=${this.up}
      @pointercancel=${this.up}
      @keydown=${this.key}
      @dblclick=${() => this.dispatchEvent(new CustomEvent('reset'))}
    ></div>`;
  }

  private position(event: PointerEvent): number {
    return this.direction === 'vertical' ? event.clientX : -event.clientY;
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.currentTarget instanceof Element)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.drag = { at: this.position(event), value: this.value };
  };

  private readonly move = (event: PointerEvent): void => {
    if (this.drag !== null) this.report(this.drag.value + this.position(event) - this.drag.at);
  };

  private readonly up = (): void => {
    this.drag = null;
  };

  private readonly key = (event: KeyboardEvent): void => {
    const larger = this.direction === 'vertical' ? 'ArrowRight' : 'ArrowUp';
    const smaller = this.direction === 'vertical' ? 'ArrowLeft' : 'ArrowDown';
    if (event.key === larger) this.report(this.value + KEY_STEP);
    else if (event.key === smaller) this.report(this.value - KEY_STEP);
    else if (event.key === 'Home') this.report(this.min);
    else if (event.key === 'End') this.report(this.max);
    else return;
    event.preventDefault();
  };

  private report(value: number): void {
    const detail = Math.max(this.min, Math.min(this.max, value));
    this.dispatchEvent(new CustomEvent<number>('move', { detail }));
  }
}

customElements.define('cviz-splitter', CvizSplitter);
