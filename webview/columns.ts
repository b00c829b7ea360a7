/** Which columns of the tree are wanted and fit. Pure; widths in CSS pixels. */
import type { OptionalColumn } from './savedState';

export interface Columns {
  readonly state: boolean;
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
export function columnsFor(treeWidth: number, hidden: readonly OptionalColumn[] = []): Columns {
  const wants = (column: OptionalColumn): boolean => !hidden.includes(column);
  const state = wants('state');
  const withState = NAME + (state ? STATE : 0);
  const cpu = wants('cpu') && treeWidth >= withState + CPU;
  const memory = wants('memory') && treeWidth >= withState + (wants('cpu') ? CPU : 0) + MEMORY;
  return { state, memory, cpu, shortState: state && treeWidth < NAME + STATE };
}

/** A value for grid-template-columns, the lanes included. */
export function columnTemplate(columns: Columns, treeWidth: number): string {
  const rest = [
    ...(columns.state ? [columns.shortState ? SHORT_STATE : STATE] : []),
    ...(columns.cpu ? [CPU] : []),
    ...(columns.memory ? [MEMORY] : []),
  ];
  const name = Math.max(0, treeWidth - rest.reduce((sum, width) => sum + width, 0));
  return [name, ...rest].map((width) => `${width}px`).join(' ') + ' minmax(0, 1fr)';
}

export function defaultTreeWidth(total: number): number {
  return clampTreeWidth(total >= 1100 ? 520 : Math.round(total * 0.43), total);
}

export function clampTreeWidth(width: number, total: number): number {
  return Math.round(Math.max(MIN_TREE, Math.min(width, total - MIN_LANES)));
}
