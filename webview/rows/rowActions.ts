/** What the user does to single rows. */
import type { PanelStore } from '../store';
import { processTree } from './processTree';
import { rowOrder } from './rowOrder';

/** Keeps a row on top, or lets it go. */
export function togglePin(store: PanelStore, rowId: string): void {
  const { pins } = store.arrangement.value;
  const others = pins.filter((id) => id !== rowId);
  store.setArrangement({ pins: others.length < pins.length ? others : [...pins, rowId] });
}

/** Moves a row past the next one of its siblings that is on screen, up (-1) or down (1). */
export function moveRow(store: PanelStore, rowId: string, by: -1 | 1): void {
  const order = siblingsOf(store, rowId);
  const shown = new Set(store.rows.value.map(({ id }) => id));
  const from = order.indexOf(rowId);
  if (from < 0) return;
  let to = from + by;
  while (to >= 0 && to < order.length && !shown.has(order[to] ?? '')) to += by;
  if (to < 0 || to >= order.length) return;
  const moved = order.toSpliced(from, 1).toSpliced(to, 0, rowId);
  const siblings = new Map(moved.map((id, index) => [id, index]));
  const places = new Map(store.arrangement.value.places);
  places.set(rowId, to);
  // Others that were moved before stand where they are now.
  for (const id of places.keys()) places.set(id, siblings.get(id) ?? places.get(id) ?? 0);
  store.setArrangement({ places: [...places] });
}

/** The rows beside a row and itself, in their order, by id; those that the filter hides among them. */
function siblingsOf({ model, arrangement }: PanelStore, rowId: string): readonly string[] {
  const tree = processTree(model);
  const order = rowOrder(model, arrangement.value);
  const branch = tree.byId.get(rowId);
  if (branch !== undefined) {
    return order.branches(branch.parent?.children ?? tree.roots).map(({ process }) => process.id);
  }
  const thread = model.threads.get(rowId);
  const home = thread === undefined ? undefined : tree.byId.get(thread.processId);
  if (thread === undefined || home === undefined) return [];
  return order.threads(thread.kind === 'native' ? home.native : home.own).map(({ id }) => id);
}
