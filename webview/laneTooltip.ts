import type { ReadonlySignal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Ns } from '../src/base/units';
import { arrowById } from '../src/model/arrows';
import { threadTitle, type Row } from '../src/model/select';
import type { Thread } from '../src/model/types';
import { arrowText } from './arrowText';
import { formatClock, printable } from './format';
import { intervalText } from './intervalText';
import { factsOf } from './selectedInterval';
import { SignalElement } from './signalElement';
import { locationText } from './sourceLink';
import { tooltip } from './strings';
import { hitThread } from './timeline/hit';
import { laneThreads, threadAt } from './timeline/lane';
import type { ArrowId } from './timeline/scene';
import { spanText } from './spanText';
import { innermostRun, spanRuns } from './timeline/hitArrows';
import { longestTask } from './timeline/longTasks';
import { waitText } from './waits/waitText';
import { css } from './cssProperties';
import { besidePointer } from './tooltipPlace';

/** Where the pointer is on the lanes. */
export interface LaneHover {
  readonly rowId: string;
  /** Pixels below the row's top. */
  readonly y: number;
  /** The pixel column under the pointer, times since the run's start. */
  readonly from: Ns;
  readonly to: Ns;
  readonly clientX: number;
  readonly clientY: number;
  /** The arrow under the pointer. */
  readonly arrow: ArrowId | null;
}

/** What a thread did at the moment under the pointer. */
export class CvizLaneTooltip extends SignalElement {
  hover!: ReadonlySignal<LaneHover | null>;

  protected override render(): TemplateResult | typeof nothing {
    const hover = this.hover.value;
    if (hover === null) return nothing;
    const content = this.renderArrow(hover) ?? this.renderRow(hover);
    return content === null
      ? nothing
      : html`<div class="tooltip" ${css(besidePointer(hover))}>${content}</div>`;
  }

  private renderArrow({ arrow }: LaneHover): TemplateResult | null {
    const found = arrow === null ? null : arrowById(this.store.model, arrow);
    return found === null ? null : arrowText(this.store, found);
  }

  private renderRow(hover: LaneHover): TemplateResult | null {
    const isHovered = ({ id }: Row): boolean => id === hover.rowId;
    const { rows, pinnedRows } = this.store;
    const row = rows.value.find(isHovered) ?? pinnedRows.value.find(isHovered);
    if (row === undefined) return null;
    const thread = threadAt(row, hover.y, this.store.geometry.value);
    if (thread !== null) {
      const isAlone = laneThreads(row).length === 1;
      return (isAlone ? this.renderSpan(thread, hover) : null) ?? this.renderThread(thread, hover);
    }
    if (row.kind !== 'process') return null;
    const { start, end } = row.process;
    const base = this.store.model.start ?? 0;
    const from = formatClock(start - base);
    return html`${end === null ? tooltip.lifeOpen(from) : tooltip.life(from, formatClock(end - base))}`;
  }

  private renderSpan(thread: Thread, hover: LaneHover): TemplateResult | null {
    const { model, geometry } = this.store;
    const base = model.start ?? 0;
    const runs = spanRuns(model, thread, base + hover.from, base + hover.to);
    const run = innermostRun(runs, geometry.value, hover.y);
    return run === null ? null : spanText(this.store, thread, run);
  }

  private renderThread(thread: Thread, hover: LaneHover): TemplateResult | null {
    const { model } = this.store;
    const base = model.start ?? 0;
    const hit = hitThread(model, thread, base + hover.from, base + hover.to);
    if (hit === null) return null;
    // Of several intervals nobody can say which one a line or a wait belongs to.
    const { wait, location, longTask, systemCall } =
      hit.count === 1
        ? factsOf(this.store, thread, hit)
        : { wait: null, location: null, longTask: taskUnder(thread, hit), systemCall: null };
    return html`<div class="tooltipTitle">${printable(threadTitle(thread))}</div>
      ${intervalText(hit, base, {
        wait: wait === null ? null : waitText(this.store, wait, false),
        location: location === null ? null : locationText(this.store, location),
        longTask,
        systemCall,
      })}`;
  }
}

function taskUnder(thread: Thread, { start, end }: { readonly start: Ns; readonly end: Ns }): Ns | null {
  const task = longestTask(thread, start, end);
  return task === null ? null : task.end - task.start;
}

customElements.define('cviz-lane-tooltip', CvizLaneTooltip);
