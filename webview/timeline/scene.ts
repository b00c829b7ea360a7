import type { Ns } from '../../src/base/units';
import type { Row } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import type { Palette } from '../palette';
import type { RowGeometry } from './lane';
import type { TimeRange } from './range';
import type { Tick } from './ticks';

/** What is painted on one canvas of lanes. */
export interface Scene {
  readonly model: Model;
  /** The rows on the canvas, from its top. */
  readonly rows: readonly Row[];
  readonly geometry: RowGeometry;
  /** Times since the run's start. */
  readonly range: TimeRange;
  readonly ticks: readonly Tick[];
  /** Device pixels of the whole canvas. */
  readonly width: number;
  readonly pixelRatio: number;
  readonly palette: Palette;
  /** The interval that is selected, absolute times. */
  readonly selected: { readonly rowId: string; readonly start: Ns; readonly end: Ns } | null;
  /** The stretch of time that is selected, since the run's start. */
  readonly picked: TimeRange | null;
}

/** What arrows need beyond that: they also come from, and go to, rows that are not on the canvas. */
export interface ArrowScene extends Scene {
  /** All rows of the surface, and which of them is the first one on the canvas. */
  readonly allRows: readonly Row[];
  readonly firstRow: number;
  /** The arrow that is selected, and the one under the pointer. */
  readonly selectedArrow: ArrowId | null;
  readonly hoveredArrow: ArrowId | null;
}

/** Names an arrow: `message DIRECTION NUMBER`, `spawn TOKEN`, `wake THREAD START`. */
export type ArrowId = string;
