/** What survives hiding and reloading the page. It comes back as unknown data: every field is checked. */
import { parseSort, type MessageSort } from './messages/sorting';
import { everything, parseArrangement, type Arrangement } from './rows/arrangement';
import { densities, type Density } from './timeline/lane';
import type { TimeRange, View } from './timeline/range';
import type { ArrowId } from './timeline/scene';

export const drawerTabs = ['why', 'details', 'memory', 'messages'] as const;
export type DrawerTab = (typeof drawerTabs)[number];

/** A row, and where an interval of its lane was picked: a time since the run's start, nanoseconds. */
export interface Selection {
  readonly rowId: string;
  readonly time: number | null;
}

export const optionalColumns = ['state', 'cpu', 'memory'] as const;
export type OptionalColumn = (typeof optionalColumns)[number];

export interface DrawerState {
  readonly open: boolean;
  readonly tab: DrawerTab;
  /** CSS pixels. */
  readonly height: number;
  /** The meaning of each fact stands below it. */
  readonly explain: boolean;
}

/** How the user wants the Messages tab. */
export interface MessagesState {
  /** Null: in order of appearance. */
  readonly sort: MessageSort | null;
  /** Those of all threads, whatever is selected. */
  readonly all: boolean;
}

export interface SavedState {
  readonly drawer: DrawerState;
  readonly messages: MessagesState;
  /** CSS pixels; null while the user has not moved the splitter. */
  readonly treeWidth: number | null;
  readonly density: Density;
  /** Columns of the tree that the user does not want. */
  readonly hiddenColumns: readonly OptionalColumn[];
  readonly showsArrows: boolean;
  /** The rest belongs to one run and is dropped when another one is shown. */
  readonly runId: number | null;
  readonly view: View;
  readonly selection: Selection | null;
  readonly selectedArrow: ArrowId | null;
  /** The selected stretch of time, since the run's start. */
  readonly picked: TimeRange | null;
  readonly arrangement: Arrangement;
  /** The row at the top of the screen, maybe a part of one below it. */
  readonly topRow: number;
  readonly expansion: readonly (readonly [string, boolean])[];
  readonly dismissed: readonly string[];
}

export const initialState: SavedState = {
  drawer: { open: true, tab: 'why', height: 236, explain: false },
  messages: { sort: null, all: false },
  treeWidth: null,
  density: 'normal',
  hiddenColumns: [],
  showsArrows: true,
  runId: null,
  view: { mode: 'fit' },
  selection: null,
  selectedArrow: null,
  picked: null,
  arrangement: everything,
  topRow: 0,
  expansion: [],
  dismissed: [],
};

type Fields = Readonly<Record<string, unknown>>;

export function parseSavedState(value: unknown): SavedState {
  if (!isObject(value)) return initialState;
  return {
    drawer: parseDrawer(value['drawer']),
    messages: parseMessages(value['messages']),
    treeWidth: finite(value['treeWidth']),
    density: densities.find((density) => density === value['density']) ?? initialState.density,
    hiddenColumns: optionalColumns.filter((column) => list(value['hiddenColumns']).includes(column)),
    showsArrows: value['showsArrows'] !== false,
    runId: finite(value['runId']),
    view: parseView(value['view']),
    selection: parseSelection(value['selection']),
    selectedArrow: typeof value['selectedArrow'] === 'string' ? value['selectedArrow'] : null,
    picked: parseRange(value['picked']),
    arrangement: parseArrangement(value['arrangement']),
    topRow: Math.max(0, finite(value['topRow']) ?? 0),
    expansion: list(value['expansion']).filter(isExpansionEntry),
    dismissed: list(value['dismissed']).filter((key) => typeof key === 'string'),
  };
}

function parseDrawer(value: unknown): DrawerState {
  const drawer = initialState.drawer;
  if (!isObject(value)) return drawer;
  return {
    open: value['open'] !== false,
    tab: drawerTabs.find((tab) => tab === value['tab']) ?? drawer.tab,
    height: finite(value['height']) ?? drawer.height,
    explain: value['explain'] === true,
  };
}

function parseMessages(value: unknown): MessagesState {
  if (!isObject(value)) return initialState.messages;
  return { sort: parseSort(value['sort']), all: value['all'] === true };
}

function parseView(value: unknown): View {
  if (!isObject(value)) return initialState.view;
  const width = finite(value['width']);
  if (value['mode'] === 'follow' && width !== null && width > 0) return { mode: 'follow', width };
  const range = parseRange(value);
  if (value['mode'] === 'free' && range !== null) return { mode: 'free', ...range };
  return initialState.view;
}

function parseRange(value: unknown): TimeRange | null {
  if (!isObject(value)) return null;
  const from = finite(value['from']);
  const to = finite(value['to']);
  return from !== null && to !== null && to > from ? { from, to } : null;
}

function parseSelection(value: unknown): Selection | null {
  if (!isObject(value) || typeof value['rowId'] !== 'string') return null;
  return { rowId: value['rowId'], time: finite(value['time']) };
}

function isExpansionEntry(value: unknown): value is readonly [string, boolean] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'boolean';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
