/** Where arrows lie on the canvas. Pure; device pixels. */
import type { Ns } from '../../src/base/units';
import { arrowById, arrowsIn, arrowsOfInterval, countArrows } from '../../src/model/arrows';
import {
  arrowKinds,
  type Arrow,
  type ArrowCounts,
  type ArrowFilter,
  type ArrowKind,
} from '../../src/model/arrowTypes';
import { arrowRows, type ArrowRows } from './arrowRows';
import { laneThreads } from './lane';
import { xOf } from './range';
import type { ArrowScene } from './scene';

/** More arrows than this are not drawn one by one. */
export const MOST_ARROWS = 2000;
/** When there are too many, kinds with at most this many are drawn nevertheless. */
const FEW_OF_KIND = 300;

/** Upright from the sender to a level beside the receiver's row, along it, and into that row. */
export interface ArrowLine {
  readonly arrow: Arrow;
  readonly x1: number;
  readonly y1: number;
  readonly level: number;
  readonly x2: number;
  readonly y2: number;
}

export interface ArrowPicture {
  /** All that are drawn one by one. */
  readonly lines: readonly ArrowLine[];
  /** Those of them that touch the selected interval, are selected or under the pointer. */
  readonly strong: readonly ArrowLine[];
  /** Those that are selected or touch the selected interval: when there are any, all others stand back. */
  readonly selectedLines: readonly ArrowLine[];
  /** Of all that touch the rows on the canvas. */
  readonly counts: ArrowCounts;
  /** Kinds of which there are too many. */
  readonly crowded: readonly ArrowKind[];
  readonly filter: ArrowFilter;
  readonly rows: ArrowRows;
}

const pictures = new WeakMap<ArrowScene, ArrowPicture>();

export function arrowPicture(scene: ArrowScene): ArrowPicture {
  let picture = pictures.get(scene);
  if (picture === undefined) pictures.set(scene, (picture = drawUp(scene)));
  return picture;
}

function drawUp(scene: ArrowScene): ArrowPicture {
  const { model } = scene;
  const start = model.start ?? 0;
  const [from, to] = [scene.range.from + start, scene.range.to + start];
  const rows = arrowRows(model, scene.allRows);
  const filter: ArrowFilter = {
    touching: rows.threadsIn(scene.firstRow, scene.firstRow + scene.rows.length),
    accepts: (one, other) => {
      const [above, below] = [rows.rowOf(one), rows.rowOf(other)];
      return above !== null && below !== null && (above !== below || one === other);
    },
  };
  const counts = countArrows(model, from, to, filter);
  const crowded = crowdedKinds(counts);
  const drawn = arrowKinds.filter((kind) => !crowded.includes(kind));
  const arrows = new Map(
    arrowsIn(model, from, to, MOST_ARROWS, filter, drawn).map((arrow) => [arrow.id, arrow]),
  );
  const selected = new Set(selectedIds(scene));
  const strong = new Set(selected);
  if (scene.hoveredArrow !== null) strong.add(scene.hoveredArrow);
  for (const id of strong) {
    if (arrows.has(id)) continue;
    const arrow = arrowById(model, id);
    if (arrow !== null && arrow.from.time < to && arrow.to.time >= from) arrows.set(id, arrow);
  }
  const lines: ArrowLine[] = [];
  for (const arrow of arrows.values()) {
    const line = lineOf(scene, rows, arrow);
    if (line !== null) lines.push(line);
  }
  const isStrong = ({ arrow }: ArrowLine): boolean => strong.has(arrow.id);
  return {
    lines,
    strong: lines.filter(isStrong),
    selectedLines: lines.filter(({ arrow }) => selected.has(arrow.id)),
    counts,
    crowded,
    filter,
    rows,
  };
}

function crowdedKinds(counts: ArrowCounts): ArrowKind[] {
  const all = arrowKinds.reduce((sum, kind) => sum + counts[kind], 0);
  return all <= MOST_ARROWS ? [] : arrowKinds.filter((kind) => counts[kind] > FEW_OF_KIND);
}

/** The arrows that belong to what is selected. */
function selectedIds({ model, allRows, selected, selectedArrow }: ArrowScene): string[] {
  const ids = selectedArrow === null ? [] : [selectedArrow];
  const row = selected === null ? undefined : allRows.find(({ id }) => id === selected.rowId);
  if (selected === null || row === undefined) return ids;
  const [thread] = laneThreads(row);
  if (thread === undefined) return ids;
  const { incoming, outgoing } = arrowsOfInterval(model, thread, selected.start, selected.end);
  return [...ids, ...incoming, ...outgoing];
}

/** CSS pixels between the lines that run along a row, and the least they are from what is in it. */
const LEVEL_STEP = 2;
const LEVEL_ROOM = 3;

function lineOf(scene: ArrowScene, rows: ArrowRows, arrow: Arrow): ArrowLine | null {
  const [fromRow, toRow] = [rows.rowOf(arrow.from.threadId), rows.rowOf(arrow.to.threadId)];
  if (fromRow === null || toRow === null) return null;
  const { spanTop, barTop, barHeight, rowHeight } = scene.geometry;
  const ratio = scene.pixelRatio;
  const y = (row: number, inRow: number): number =>
    Math.round((row - scene.firstRow) * rowHeight * ratio) + Math.round(inRow * ratio);
  const bottom = barTop + barHeight;
  // Neighbours in time get levels of their own, as many as there is room for.
  const levels = Math.max(1, Math.floor((rowHeight - bottom + spanTop - LEVEL_ROOM) / LEVEL_STEP) + 1);
  const number = arrow.kind === 'message' ? arrow.message.number : 0;
  const offset = (number % levels) * LEVEL_STEP;
  const ends = { arrow, x1: xAt(scene, arrow.from.time), x2: xAt(scene, arrow.to.time) };
  if (toRow > fromRow || toRow === fromRow) {
    // From above, or in a bow over its own row.
    const y1 = y(fromRow, toRow === fromRow ? spanTop : bottom);
    return { ...ends, y1, level: y(toRow, spanTop - LEVEL_ROOM - offset), y2: y(toRow, spanTop) };
  }
  return {
    ...ends,
    y1: y(fromRow, spanTop),
    level: y(toRow, bottom + LEVEL_ROOM + offset),
    y2: y(toRow, bottom),
  };
}

function xAt(scene: ArrowScene, time: Ns): number {
  const x = xOf(time - (scene.model.start ?? 0), scene.range, scene.width);
  // Ends may lie hours away.
  return Math.round(Math.max(-1e5, Math.min(1e5, x)));
}
