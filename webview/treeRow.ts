/** The cells of one row of the tree. Functions, not components: a thousand rows come and go while scrolling. */
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { nativeRolesOf } from '../src/model/nativeThreads';
import { latestMemory, processTitle, threadTitle, type Row } from '../src/model/select';
import { latestHeap, sumOfStateTimes } from '../src/model/selectPanel';
import { liveStates } from '../src/model/states';
import type { Model, Process, Thread } from '../src/model/types';
import type { Columns } from './columns';
import { css } from './cssProperties';
import { memory as memoryTexts } from './details/detailTexts';
import { roleTexts } from './factTexts';
import { found, pin } from './find/findTexts';
import { highlighted } from './find/highlighted';
import { matchReason } from './find/matchReason';
import { formatBytes, formatBytesPair, formatPercent, printable } from './format';
import type { Backlog } from './messages/backlog';
import { nativeRoleCounts } from './nativeRoles';
import { backlogMark } from './rows/backlogMark';
import { cpuCell } from './rows/cpuCell';
import type { RowMarks } from './rows/rowMarks';
import { stateCell } from './rows/stateCell';
import { sharesText, tree } from './strings';
import { laneThreads } from './timeline/lane';

export interface RowContext {
  readonly model: Model;
  readonly expanded: boolean | null;
  readonly columns: Columns;
  /** What memory bars are drawn in proportion to. */
  readonly largestMemory: number;
  readonly isSelected: boolean;
  /** Threads that let their messages wait. */
  readonly backlogs: ReadonlyMap<string, Backlog>;
  /** What search and pins mark; without them the row has neither marks nor a pin. */
  readonly marks?: RowMarks;
  /** One of the rows that stay on top: its row in the tree is there as well. */
  readonly isPinned?: boolean;
  /** A picture of a row that is there as well: whoever shows it hides it from screen readers. */
  readonly isCopy?: boolean;
}

const INDENT = 14;
/** A name may be of any length; so much of it may be on screen, and in a hint. */
const MOST_TITLE_CHARACTERS = 300;
const MOST_HINT_CHARACTERS = 1000;

export function rowDomId(row: Row, isPinned = false): string {
  return `${isPinned ? 'pinned' : 'row'}-${row.id}`;
}

export function treeRow(row: Row, index: number, context: RowContext): TemplateResult {
  const { isSelected, isPinned = false, isCopy = false } = context;
  const expanded = isPinned ? null : context.expanded;
  const classes = classMap({
    row: true,
    processRow: row.kind === 'process',
    selected: isSelected,
    pinnedRow: isPinned,
  });
  const told = <T>(value: T): T | typeof nothing => (isCopy ? nothing : value);
  return html`<div
    role=${told('row')}
    id=${told(rowDomId(row, isPinned))}
    class=${classes}
    aria-level=${told(row.depth + 1)}
    aria-rowindex=${told(index + 2)}
    aria-expanded=${told(expanded ?? nothing)}
    aria-selected=${told(isSelected)}
  >
    ${nameCell(row, expanded, context)} ${context.columns.state ? stateOf(row, context) : nothing}
    ${context.columns.cpu ? cpuCell(row, context.model) : nothing}
    ${context.columns.memory ? memoryCell(row, context) : nothing} ${laneCell(row, context.model)}
  </div>`;
}

function nameCell(row: Row, expanded: boolean | null, context: RowContext): TemplateResult {
  const twistie = expanded === null ? '' : `codicon codicon-chevron-${expanded ? 'down' : 'right'}`;
  const words = context.marks?.words ?? [];
  const title = cut(rowTitle(row), MOST_TITLE_CHARACTERS);
  const aside = row.kind === 'process' ? tree.pid(row.process.pid) : '';
  const reason = words.length === 0 ? null : matchReason(context.model, row, `${title}\n${aside}`, words);
  const home = context.isPinned === true ? homeOf(row, context.model) : '';
  const hint = cut([rowHint(row), home].filter(Boolean).join(' · '), MOST_HINT_CHARACTERS);
  return html`<div
    role="rowheader"
    class="cell nameCell"
    ${css({ 'padding-left': `${6 + row.depth * INDENT}px` })}
    title=${reason === null ? hint : `${hint} · ${found(reason)}`}
  >
    <span class="twistie ${twistie}" aria-hidden="true"></span
    ><span class="rowIcon codicon codicon-${rowIcon(row)}" aria-hidden="true"></span
    ><span class="label"
      ><bdi class="name">${highlighted(title, words)}</bdi>${
        aside === '' ? nothing : html`<span class="pid">${highlighted(aside, words)}</span>`
      }${row.kind === 'thread' ? roleMark(row.thread, context.model) : nothing}${
        reason === null ? nothing : html`<bdi class="pid">${highlighted(reason, words)}</bdi>`
      }${home === '' ? nothing : html`<bdi class="pid">${cut(home, MOST_TITLE_CHARACTERS)}</bdi>`}</span
    >${showsBacklogBesideName(context.columns) ? backlogOf(row, context) : nothing}${pinButton(row, context)}
  </div>`;
}

/** `main` alone does not say of which process, where a row stands apart from it. */
function homeOf(row: Row, model: Model): string {
  if (row.kind === 'process') return '';
  const process = row.kind === 'thread' ? model.processes.get(row.thread.processId) : row.process;
  return process === undefined ? '' : printable(processTitle(process));
}

/** Not a tab stop of its own: of a thousand rows none would be. The key P does the same. */
function pinButton(row: Row, { marks, columns }: RowContext): TemplateResult | typeof nothing {
  if (marks === undefined) return nothing;
  const isPinned = marks.pins.has(row.id);
  const title = isPinned ? pin.unpin : pin.pin;
  return html`<button
    type="button"
    tabindex="-1"
    class=${classMap({ iconButton: true, pinButton: true, hoverOnly: columns.shortState })}
    title=${title}
    aria-label=${title}
    aria-pressed=${isPinned}
    @pointerdown=${keepFromRow}
    @pointerup=${keepFromRow}
    @dblclick=${keepFromRow}
    @click=${(event: Event) => {
      keepFromRow(event);
      marks.togglePin(row.id);
    }}
  >
    <span class="codicon codicon-${isPinned ? 'pinned' : 'pin'}" aria-hidden="true"></span>
  </button>`;
}

function keepFromRow(event: Event): void {
  event.stopPropagation();
  // The focus stays with the tree.
  event.preventDefault();
}

/** Where there is no room for a number it stands beside the state. */
function showsBacklogBesideName({ state, shortState }: Columns): boolean {
  return !state || !shortState;
}

function stateOf(row: Row, context: RowContext): TemplateResult {
  const { model, columns } = context;
  return stateCell(
    row,
    model,
    columns.shortState,
    showsBacklogBesideName(columns) ? nothing : backlogOf(row, context),
  );
}

function backlogOf(row: Row, { model, backlogs, columns }: RowContext): TemplateResult | typeof nothing {
  return backlogMark(row, { model, backlogs, isShort: columns.state && columns.shortState });
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** What a native thread is for: Node gives names to them since its version 22 only. */
function roleMark(thread: Thread, model: Model): TemplateResult | typeof nothing {
  const process = thread.kind === 'native' ? model.processes.get(thread.processId) : undefined;
  const role = process === undefined ? 'other' : (nativeRolesOf(process).get(thread) ?? 'other');
  if (role === 'other') return nothing;
  return html`<span class="pid" title=${roleTexts[role].meaning}>${roleTexts[role].short}</span>`;
}

export function rowTitle(row: Row): string {
  switch (row.kind) {
    case 'process':
      return printable(processTitle(row.process));
    case 'thread':
      return printable(threadTitle(row.thread));
    case 'nativeThreads':
      return tree.nativeThreads(row.threads.length);
  }
}

function rowHint(row: Row): string {
  switch (row.kind) {
    case 'process':
      return printable(`${row.process.args.join(' ')} · ${tree.pid(row.process.pid)}`);
    case 'thread':
      return printable(threadTitle(row.thread));
    case 'nativeThreads':
      return tree.nativeTitle;
  }
}

function rowIcon(row: Row): string {
  if (row.kind === 'process') return row.process.isNode ? 'server-process' : 'terminal';
  if (row.kind === 'nativeThreads') return 'chip';
  switch (row.thread.kind) {
    case 'main':
      return 'symbol-method';
    case 'worker':
      return 'symbol-event';
    case 'native':
      return 'gear';
  }
}

function memoryCell(row: Row, context: RowContext): TemplateResult {
  return html`<div role="gridcell" class="cell memoryCell">
    ${
      row.kind === 'process'
        ? processMemory(row.process, context.largestMemory)
        : row.kind === 'thread'
          ? threadHeap(row.thread)
          : nativeRolesSummary(row.process)
    }
  </div>`;
}

function processMemory(process: Process, largest: number): TemplateResult | typeof nothing {
  const memory = latestMemory(process);
  if (memory === null) return residentMemory(process);
  const text = formatBytesPair(memory.private, memory.shared);
  // It holds no memory any more: what it last had is worth knowing, but not as a bar among the living.
  if (process.end !== null)
    return html`<span class="memoryText dim" title=${tree.memoryEnded}>${text}</span>`;
  return html`${memoryBar(memory.private, memory.shared, largest)}<span class="memoryText">${text}</span>`;
}

/** Where the system does not tell which of it is private. */
function residentMemory(process: Process): TemplateResult | typeof nothing {
  const sample = process.resident.at(-1);
  if (sample === undefined) return nothing;
  const title = process.end === null ? memoryTexts.residentMeaning : tree.memoryEnded;
  return html`<span class="memoryText dim" title=${title}
    >${memoryTexts.resident(formatBytes(sample.rss))}</span
  >`;
}

/** Private memory solid, shared memory lighter; the whole width stands for `largest`. */
export function memoryBar(privateBytes: number, sharedBytes: number, largest: number): TemplateResult {
  const percent = (bytes: number): string => `${largest > 0 ? (bytes / largest) * 100 : 0}%`;
  return html`<span class="memoryBar" aria-hidden="true"
    ><span class="privatePart" ${css({ width: percent(privateBytes) })}></span
    ><span class="sharedPart" ${css({ width: percent(sharedBytes) })}></span
  ></span>`;
}

function threadHeap(thread: Thread): TemplateResult | typeof nothing {
  const heap = latestHeap(thread);
  if (heap === null || thread.end !== null) return nothing;
  return html`<span class="memoryText dim" title=${tree.heapTitle}
    >${tree.heap(formatBytes(heap.used))}</span
  >`;
}

/** `4 libuv · 4 V8 · 2 other`, as far as whole words fit. */
function nativeRolesSummary(process: Process): TemplateResult {
  const counts = nativeRoleCounts(process);
  const words = counts.map(({ role, count }) => `${count} ${roleTexts[role].short}`);
  return html`<span class="wholeWords dim" title=${words.join(' · ')}
    >${words.map((word, index) => html`<span>${word}${index < words.length - 1 ? ' ·' : ''}</span>`)}</span
  >`;
}

/** The lane itself is painted on a canvas; this cell takes the pointer and speaks to screen readers. */
function laneCell(row: Row, model: Model): TemplateResult {
  const threads = laneThreads(row);
  return html`<div
    role="gridcell"
    class="laneCell"
    aria-label=${threads.length === 0 ? nothing : laneSummary(model, threads)}
  ></div>`;
}

function laneSummary(model: Model, threads: readonly Thread[]): string {
  const times = sumOfStateTimes(model, threads);
  const total = liveStates.reduce((sum, state) => sum + times[state], 0);
  if (total === 0) return tree.nothingYet;
  const shares = liveStates
    .filter((state) => times[state] > 0)
    .map((state) => [state, formatPercent(times[state] / total)] as const);
  return tree.laneSummary(sharesText(shares));
}
