/** Which columns of the tree fit. Pure; widths in CSS pixels. */

export interface Columns {
  readonly memory: boolean;
  readonly cpu: boolean;
  /** The state as its swatch and letter only. */
  readonly shortState: boolean;
}

const NAME = 180;
const STATE = 98;
const SHORT_STATE = 40;
const CPU = 58;
const MEMORY = 142;
const MIN_TREE = 120;
const MIN_LANES = 140;

/** Memory goes first, then CPU, then the words of the states: the name is what nobody can do without. */
export function columnsFor(treeWidth: number): Columns {
  if (treeWidth >= NAME + STATE + CPU + MEMORY) return { memory: true, cpu: true, shortState: false };
  if (treeWidth >= NAME + STATE + CPU) return { memory: false, cpu: true, shortState: false };
  if (treeWidth >= NAME + STATE) return { memory: false, cpu: false, shortState: false };
  return { memory: false, cpu: false, shortState: true };
}

/** A value for grid-template-columns, the lanes included. */
export function columnTemplate(columns: Columns, treeWidth: number): string {
  const state = columns.shortState ? SHORT_STATE : STATE;
  const rest = [state, ...(columns.cpu ? [CPU] : []), ...(columns.memory ? [MEMORY] : [])];
  const name = Math.max(0, treeWidth - rest.reduce((sum, width) => sum + width, 0));
  return [name, ...rest].map((width) => `${width}px`).join(' ') + ' minmax(0, 1fr)';
}

export function defaultTreeWidth(total: number): number {
  return clampTreeWidth(total >= 1100 ? 520 : Math.round(total * 0.43), total);
}

export function clampTreeWidth(width: number, total: number): number {
  return Math.round(Math.max(MIN_TREE, Math.min(width, total - MIN_LANES)));
}
