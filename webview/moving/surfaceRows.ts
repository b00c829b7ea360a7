/** The rows that exist in the page: those in view, the pinned ones above them, and processes' rows repeated at the top. */
import type { ReadonlySignal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { largestMemory, expandedAt } from '../../src/model/selectPanel';
import type { Row } from '../../src/model/select';
import { css } from '../cssProperties';
import type { Palette } from '../palette';
import { rowMarks } from '../rows/rowMarks';
import type { PanelStore } from '../store';
import { HEAD_HEIGHT, type RowPlace, type SurfaceLayout } from '../surfaceLayout';
import type { ArrowId } from '../timeline/scene';
import { treeRow, type RowContext } from '../treeRow';
import './lanes';

export interface RowParts {
  readonly store: PanelStore;
  readonly layout: SurfaceLayout;
  /** Of the model, for the figures in the rows. */
  readonly revision: number;
  readonly palette: ReadonlySignal<Palette>;
  readonly hoveredArrow: ReadonlySignal<ArrowId | null>;
}

export function renderWindow(parts: RowParts): TemplateResult {
  const { store, layout } = parts;
  const first = layout.windowStart.value;
  const lone = layout.lonePins.value.length;
  const rows = store.rows.value;
  const { rowHeight } = store.geometry.value;
  const render = rowRenderer(parts);
  return html`<div class="rows" role="rowgroup" ${css({ height: `${rows.length * rowHeight}px` })}>
    <div class="window" role="presentation" ${css({ top: `${first * rowHeight}px` })}>
      ${repeat(
        layout.windowRows.value,
        (row) => row.id,
        (row, inWindow) =>
          render(row, lone + first + inWindow, { expanded: expandedAt(rows, first + inWindow) }),
      )}
      ${renderLanes(parts, 'rows')}
    </div>
  </div>`;
}

export function renderPinned(parts: RowParts): TemplateResult | typeof nothing {
  const { store, layout } = parts;
  const pinned = store.pinnedRows.value;
  if (pinned.length === 0) return nothing;
  const lone = layout.lonePins.value;
  const render = rowRenderer(parts);
  return html`<div
    class="pinnedRows ${layout.arePinsSticky.value ? 'sticky' : ''}"
    role="rowgroup"
    ${css({ top: layout.arePinsSticky.value ? `${HEAD_HEIGHT}px` : null })}
  >
    ${repeat(
      pinned,
      (row) => row.id,
      (row) => {
        const index = lone.indexOf(row);
        // What is in the tree as well is told, and reached by the keyboard, there.
        const isCopy = index < 0;
        return html`<div class="contents" role="presentation" aria-hidden=${isCopy ? 'true' : nothing}>
          ${render(row, index, { expanded: null, isPinned: true, isCopy })}
        </div>`;
      },
    )}
    ${renderLanes(parts, 'pinned')}
  </div>`;
}

/** The process of the first row in view stays in sight while its threads are scrolled through. */
export function renderSticky(parts: RowParts): TemplateResult {
  const { store, layout } = parts;
  const rows = store.rows.value;
  const indices = layout.stickyIndices.value;
  const render = rowRenderer(parts);
  const top = HEAD_HEIGHT + (layout.arePinsSticky.value ? layout.pinnedHeight.value : 0);
  return html`<div class="stickyRows" aria-hidden="true" ${css({ top: `${top}px` })}>
    ${
      indices.length === 0
        ? nothing
        : html`<div class="stickyBlock">
            ${repeat(
              indices.flatMap((index) => (rows[index] === undefined ? [] : [{ row: rows[index], index }])),
              ({ row }) => row.id,
              ({ row, index }) => render(row, index, { expanded: expandedAt(rows, index), isCopy: true }),
            )}
            ${renderLanes(parts, 'sticky')}
          </div>`
    }
  </div>`;
}

function renderLanes({ store, layout, palette, hoveredArrow }: RowParts, place: RowPlace): TemplateResult {
  return html`<cviz-lanes
    aria-hidden="true"
    place=${place}
    .place=${place}
    .store=${store}
    .layout=${layout}
    .palette=${palette}
    .hoveredArrow=${hoveredArrow}
    ${css({ left: `${layout.treeWidth.value}px` })}
  ></cviz-lanes>`;
}

type RowLook = Pick<RowContext, 'expanded' | 'isPinned' | 'isCopy'>;

function rowRenderer({
  store,
  layout,
  revision,
}: RowParts): (row: Row, index: number, look: RowLook) => unknown {
  const { model } = store;
  const selectedId = store.selection.value?.rowId ?? null;
  const columns = layout.columns.value;
  const largest = largestMemory(model);
  const backlogs = store.backlogs.value;
  const marks = rowMarks(store);
  return (row, index, look) => {
    const isSelected = row.id === selectedId;
    const { expanded, isPinned, isCopy } = look;
    // Rows stay the same objects while what they show changes; panning and zooming leave them as they are.
    return guard(
      [row, revision, index, isSelected, expanded, isPinned, isCopy, columns, backlogs, marks],
      () =>
        treeRow(row, index, { model, columns, largestMemory: largest, isSelected, backlogs, marks, ...look }),
    );
  };
}
