import { html, nothing, type TemplateResult } from 'lit';
import { css } from '../cssProperties';
import { formatDuration } from '../format';
import { LanePointer } from '../lanePointer';
import { SignalElement } from '../signalElement';
import { tree } from '../strings';
import type { SurfaceLayout } from '../surfaceLayout';
import { timeAt, xOf } from '../timeline/range';
import { LABEL_INDENT, labelWidth, PIXELS_PER_CHARACTER, ruler, type Tick } from '../timeline/ticks';
import { asCss, boxOf, pointerTime, type Box } from './bands';
import { moving } from './movingTexts';
import { TimePicker } from './timePicker';

/** Between two marks of the ruler. */
export const MIN_TICK_PIXELS = 90;
/** For the button at the right end. */
const HELP_WIDTH = 30;
const MIN_BAND = 2;

/** Above the lanes: times, the selected stretch of time, the moment under the pointer. Dragging on it selects time. */
export class CvizRuler extends SignalElement {
  layout!: SurfaceLayout;
  private pointer!: LanePointer;

  protected override firstUpdated(): void {
    const { store, layout } = this;
    this.pointer = new LanePointer(
      {
        zoom: (factor, clientX) => store.zoom(factor, layout.timeAt(clientX)),
        pan: (pixels) => store.pan(pixels * layout.nsPerPixel),
        scrollRows: (pixels) => layout.scrollRows(pixels),
        hover: (event) => (layout.pointerX.value = event === null ? null : layout.laneX(event.clientX)),
        click: () => store.pick(null),
        pick: new TimePicker(store, layout).drag,
      },
      true,
    );
    // Zooming must be able to keep the page from scrolling, which a passive listener can't.
    this.querySelector('.rulerTimes')?.addEventListener(
      'wheel',
      (event) => this.pointer.wheel(event as WheelEvent),
      { passive: false },
    );
  }

  protected override render(): TemplateResult {
    const { store, layout } = this;
    const width = layout.laneWidth.value;
    const range = store.range.value;
    const { base, ticks } = ruler(range, width, MIN_TICK_PIXELS);
    const picked = store.picked.value;
    const band = picked === null ? null : boxOf(picked, range, width, MIN_BAND);
    const length = picked === null ? '' : moving.picked(formatDuration(picked.to - picked.from));
    const lengthBox = band === null ? null : centered(band, labelWidth(length), width - HELP_WIDTH);
    const summary = layout.arrowSummary.value;
    const summaryWidth = summary === null ? 0 : Math.min(width / 2, labelWidth(summary));
    const taken: Box[] = [
      { left: width - HELP_WIDTH - summaryWidth, width: HELP_WIDTH + summaryWidth + width },
    ];
    if (lengthBox !== null) taken.push(lengthBox);
    // The moment that the labels count from stands at the left, unless its own mark is in view.
    const showsBase = base !== null && !ticks.some(({ label }) => label === base.label);
    if (showsBase) taken.push({ left: 0, width: labelWidth(base.label) + PIXELS_PER_CHARACTER });
    return html`<span class="visuallyHidden">${tree.lanes}</span>
      <div
        class="rulerTimes"
        aria-hidden="true"
        title=${moving.rulerHint}
        @pointerdown=${(event: PointerEvent) => this.pointer.down(event)}
        @pointermove=${(event: PointerEvent) => this.pointer.move(event)}
        @pointerup=${(event: PointerEvent) => this.pointer.up(event)}
        @pointerleave=${() => this.pointer.leave()}
        @dblclick=${() => store.fit()}
      >
        ${band === null ? nothing : html`<span class="pickedBand" ${css(asCss(band))}></span>`}
        ${ticks.map((tick) => renderTick(tick, xOf(tick.time, range, width), taken))}
        ${showsBase ? html`<span class="rulerBase">${base.label}</span>` : nothing}
        ${lengthBox === null ? nothing : html`<span class="pickedLength" ${css(asCss(lengthBox))}>${length}</span>`}
        ${this.renderPointer(width)}
      </div>
      ${
        summary === null
          ? nothing
          : html`<span class="arrowSummary" title=${summary} ${css({ 'max-width': `${summaryWidth}px` })}
              >${summary}</span
            >`
      }`;
  }

  private renderPointer(width: number): TemplateResult | typeof nothing {
    const { store, layout } = this;
    const x = layout.pointerX.value;
    if (x === null || x < 0 || x > width) return nothing;
    const range = store.range.value;
    const time = timeAt(x, range, width);
    if (time < 0) return nothing;
    const text = pointerTime(time, (range.to - range.from) / Math.max(1, width));
    const box = centered({ left: x, width: 0 }, labelWidth(text), width);
    return html`<span class="pointerTime" ${css(asCss(box))}>${text}</span>`;
  }
}

function renderTick({ label }: Tick, x: number, taken: readonly Box[]): TemplateResult {
  const right = x + labelWidth(label);
  const isFree = taken.every((box) => right <= box.left || x + LABEL_INDENT >= box.left + box.width);
  return html`<span class="tick" ${css({ left: `${x}px` })}>${isFree ? label : ''}</span>`;
}

/** A box over the middle of another one, within the width. */
function centered(around: Box, size: number, width: number): Box {
  const left = around.left + around.width / 2 - size / 2;
  return { left: Math.max(0, Math.min(width - size, left)), width: size };
}

customElements.define('cviz-ruler', CvizRuler);
