/**
 * The state of the panel as signals: what the host sent, and what the user chose. Components read signals and
 * call the actions; nothing here knows of the DOM.
 */
import { batch, computed, effect, signal } from '@preact/signals-core';
import type { Ns } from '../src/base/units';
import type { Row } from '../src/model/select';
import { expandedAt, revealExpansion, rowOfSubject, runDuration } from '../src/model/selectPanel';
import { sharedMappings } from '../src/model/sharedMappings';
import type { Model } from '../src/model/types';
import type { FromWebview, HostInfo, RunStatus, ToWebview } from '../src/protocol/messages';
import type { RecordingProblem } from '../src/trace/recording';
import type { Host } from './host';
import { RecordingModel } from './recordingModel';
import { arrangeRows } from './rows/arrangeRows';
import type { Arrangement } from './rows/arrangement';
import { noFilters } from './rows/rowFilter';
import { backlogsOf } from './messages/backlog';
import { messageRows } from './messages/rows';
import { Pace } from './pace';
import { initialState, parseSavedState } from './savedState';
import type { DrawerState, MessagesState, OptionalColumn, SavedState, Selection } from './savedState';
import { rowGeometries, type Density } from './timeline/lane';
import { SourceLocations } from './sourceLocations';
import { following, panned, shown, visibleRange, zoomed, type TimeRange, type View } from './timeline/range';
import type { ArrowId } from './timeline/scene';
import { collectWaits } from './waits/waitsByThread';

const noHost: HostInfo = {
  kind: 'browser',
  title: '',
  canStop: false,
  canRestart: false,
  canOpenSource: false,
};
/** Saving is cheap but not free; dragging changes the state sixty times a second. */
const SAVE_DELAY_MS = 200;
/** Painting all again for every batch of records would be most of the work; nobody sees more pictures a second. */
const LIVE_MS = 60;
/** A recording that is being read comes in pieces like this, one after the other. */
const BULK_BYTES = 256 * 1024;
const BULK_MS = 250;
/** The longer it takes, the less of that time goes into pictures of what is not all yet. */
const BULK_SHARE = 0.25;
/** Figures that change more often than this cannot be read. */
const CALM_MS = 500;

export class PanelStore {
  readonly hostInfo = signal<HostInfo>(noHost);
  readonly status = signal<RunStatus>({ state: 'starting' });
  readonly problem = signal<RecordingProblem | null>(null);
  readonly lost = signal(false);
  readonly selection = signal<Selection | null>(null);
  readonly selectedArrow = signal<ArrowId | null>(null);
  /** The selected stretch of time, since the run's start. */
  readonly picked = signal<TimeRange | null>(null);
  readonly arrangement = signal<Arrangement>(initialState.arrangement);
  readonly topRow = signal(initialState.topRow);
  readonly expansion = signal<ReadonlyMap<string, boolean>>(new Map());
  readonly view = signal<View>(initialState.view);
  readonly drawer = signal<DrawerState>(initialState.drawer);
  readonly messagesState = signal<MessagesState>(initialState.messages);
  readonly treeWidth = signal<number | null>(null);
  readonly density = signal<Density>(initialState.density);
  readonly hiddenColumns = signal<readonly OptionalColumn[]>(initialState.hiddenColumns);
  readonly showsArrows = signal(initialState.showsArrows);
  readonly dismissed = signal<ReadonlySet<string>>(new Set());

  readonly duration = computed<Ns>(() => runDuration(this.model));
  readonly range = computed(() => visibleRange(this.view.value, this.duration.value));
  readonly geometry = computed(() => rowGeometries[this.density.value]);
  readonly arranged = computed(() => arrangeRows(this.model, this.expansion.value, this.arrangement.value));
  readonly rows = computed<readonly Row[]>(() => this.arranged.value.rows);
  readonly pinnedRows = computed<readonly Row[]>(() => this.arranged.value.pinned);
  readonly selectedRow = computed<Row | null>(() => {
    const id = this.selection.value?.rowId;
    const isSelected = (row: Row): boolean => row.id === id;
    return this.pinnedRows.value.find(isSelected) ?? this.rows.value.find(isSelected) ?? null;
  });

  /** Which lines of source the recorded locations come from. */
  readonly sources = new SourceLocations((locations) => this.post({ type: 'locate', locations }));

  private recording = new RecordingModel();
  /** The model is changed in place: a new wrapper around it tells that it was. */
  private readonly current = signal<{ readonly model: Model }>({ model: this.recording.model });
  /** The model as well, but told of changes twice a second at most: for what is dear to compute, and for figures. */
  private readonly calm = signal<{ readonly model: Model }>(this.current.value);
  private readonly pace = new Pace(() => batch(() => this.changed()));
  /** Milliseconds between two pictures. */
  private pause = LIVE_MS;
  private openedAt = performance.now();
  private readonly calmPace = new Pace(() => (this.calm.value = this.current.value));
  readonly messageRows = computed(() => messageRows(this.calm.value.model));
  readonly backlogs = computed(() => backlogsOf(this.calm.value.model, this.messageRows.value));
  readonly waits = computed(() => collectWaits(this.calm.value.model));
  readonly sharedMappings = computed(() => sharedMappings(this.calm.value.model));

  private readonly runId = signal<number | null>(null);
  private readonly saved: SavedState;
  private saveTimer: ReturnType<typeof setTimeout> | null = null;

  private readonly host: Host;

  constructor(host: Host) {
    this.host = host;
    this.saved = parseSavedState(host.loadState());
    this.drawer.value = this.saved.drawer;
    this.messagesState.value = this.saved.messages;
    this.treeWidth.value = this.saved.treeWidth;
    this.density.value = this.saved.density;
    this.hiddenColumns.value = this.saved.hiddenColumns;
    this.showsArrows.value = this.saved.showsArrows;
  }

  /** Whoever reads it in a computed or a component is told when records were applied to it. */
  get model(): Model {
    return this.current.value.model;
  }

  connect(): void {
    this.host.start({
      onMessage: (message) => this.receive(message),
      onLost: () => (this.lost.value = true),
    });
    effect(() => {
      const state = this.snapshot();
      // Before the first run is open, what was saved must not be overwritten by its absence.
      if (state.runId === null) return;
      if (this.saveTimer !== null) clearTimeout(this.saveTimer);
      this.saveTimer = setTimeout(() => this.host.saveState(state), SAVE_DELAY_MS);
    });
  }

  receive(message: ToWebview): void {
    batch(() => {
      switch (message.type) {
        case 'open':
          this.open(message.runId, message.host);
          return;
        case 'bytes':
          if (message.runId !== this.runId.value) return;
          this.recording.push(message.bytes);
          this.pause = this.pauseAfter(message.bytes.length);
          this.pace.soon(this.pause);
          return;
        case 'status':
          if (message.runId !== this.runId.value) return;
          this.status.value = message.status;
          this.pace.now();
          return;
        case 'located':
          if (message.runId === this.runId.value) this.sources.receive(message.entries);
          return;
      }
    });
  }

  private pauseAfter(bytes: number): number {
    if (bytes < BULK_BYTES) return LIVE_MS;
    return Math.max(BULK_MS, BULK_SHARE * (performance.now() - this.openedAt));
  }

  private changed(): void {
    const { state } = this.status.value;
    const isOver = state === 'ended' || state === 'failed';
    this.problem.value = isOver ? this.recording.problemAtEnd : this.recording.problem;
    this.current.value = { model: this.recording.model };
    if (isOver) this.calmPace.now();
    else this.calmPace.soon(Math.max(CALM_MS, this.pause));
  }

  private open(runId: number, host: HostInfo): void {
    this.openedAt = performance.now();
    this.recording = new RecordingModel();
    this.sources.clear();
    this.hostInfo.value = host;
    this.status.value = { state: 'starting' };
    this.pace.now();
    // Nothing of another run may stay on screen.
    this.calmPace.now();
    if (this.runId.value === runId) return;
    const state = this.runId.value === null && this.saved.runId === runId ? this.saved : initialState;
    this.runId.value = runId;
    this.selection.value = state.selection;
    this.selectedArrow.value = state.selectedArrow;
    this.picked.value = state.picked;
    this.arrangement.value = state.arrangement;
    this.topRow.value = state.topRow;
    this.expansion.value = new Map(state.expansion);
    this.view.value = state.view;
    this.dismissed.value = new Set(state.dismissed);
  }

  private snapshot(): SavedState {
    return {
      drawer: this.drawer.value,
      messages: this.messagesState.value,
      treeWidth: this.treeWidth.value,
      density: this.density.value,
      hiddenColumns: this.hiddenColumns.value,
      showsArrows: this.showsArrows.value,
      runId: this.runId.value,
      view: this.view.value,
      selection: this.selection.value,
      selectedArrow: this.selectedArrow.value,
      picked: this.picked.value,
      arrangement: this.arrangement.value,
      topRow: this.topRow.value,
      expansion: [...this.expansion.value],
      dismissed: [...this.dismissed.value],
    };
  }

  post(message: FromWebview): void {
    this.host.post(message);
  }

  /** `time`: of the interval picked on the row's lane, since the run's start. */
  select(rowId: string | null, time: Ns | null = null): void {
    batch(() => {
      this.selection.value = rowId === null ? null : { rowId, time };
      this.selectedArrow.value = null;
    });
  }

  /** Selects an arrow beside whatever interval is selected. */
  selectArrow(id: ArrowId | null): void {
    this.selectedArrow.value = id;
  }

  /** Selects a stretch of time. */
  pick(range: TimeRange | null): void {
    batch(() => {
      this.picked.value = range;
      if (range !== null) this.selectedArrow.value = null;
    });
  }

  setArrangement(change: Partial<Arrangement>): void {
    this.arrangement.value = { ...this.arrangement.value, ...change };
  }

  /** Selects a process or thread, opening the rows around it. */
  reveal(subjectId: string): void {
    batch(() => {
      this.expansion.value = revealExpansion(this.model, this.expansion.value, subjectId);
      const rowId = rowOfSubject(this.model, subjectId);
      // A link leads to its row also where the filter hides that.
      if (!this.rows.value.some(({ id }) => id === rowId)) this.setArrangement({ ...noFilters, query: '' });
      this.select(rowId);
    });
  }

  /** Opens or closes a row that has something inside. */
  setExpanded(index: number, expanded: boolean): void {
    const row = this.rows.value[index];
    if (row === undefined || expandedAt(this.rows.value, index) !== !expanded) return;
    this.expansion.value = new Map(this.expansion.value).set(row.id, expanded);
  }

  /** Shows the row of a thread and a moment of it, selected; `time` is since the run's start. */
  revealMoment(threadId: string, time: Ns): void {
    batch(() => {
      this.reveal(threadId);
      const rowId = this.selection.value?.rowId ?? null;
      if (rowId !== null) this.select(rowId, time);
      const { from, to } = this.range.value;
      if (time < from || time > to) this.show(time - (to - from) / 2, time + (to - from) / 2);
    });
  }

  /** Shows a stretch of time, since the run's start. */
  show(from: Ns, to: Ns): void {
    this.view.value = shown({ from, to }, this.duration.value);
  }

  fit(): void {
    this.view.value = { mode: 'fit' };
  }

  toggleFollow(): void {
    const { from, to } = this.range.value;
    this.view.value =
      this.view.value.mode === 'follow'
        ? { mode: 'free', from, to }
        : following(this.view.value, this.duration.value);
  }

  zoom(factor: number, anchor: Ns): void {
    this.view.value = zoomed(this.view.value, factor, anchor, this.duration.value);
  }

  pan(by: Ns): void {
    this.view.value = panned(this.view.value, by, this.duration.value);
  }

  setDrawer(change: Partial<DrawerState>): void {
    this.drawer.value = { ...this.drawer.value, ...change };
  }

  setMessages(change: Partial<MessagesState>): void {
    this.messagesState.value = { ...this.messagesState.value, ...change };
  }

  dismiss(key: string): void {
    this.dismissed.value = new Set(this.dismissed.value).add(key);
  }
}
