/** The cells of one row of the tree. Functions, not components: a thousand rows come and go while scrolling. */
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import {
  cpuShare,
  currentState,
  latestMemory,
  processTitle,
  threadTitle,
  type Row,
} from '../src/model/select';
import { nativeRolesOf } from '../src/model/nativeThreads';
import { recentCpuShare } from '../src/model/processCpu';
import { isFailure, latestHeap, lifetimeCpuShare, sumOfStateTimes } from '../src/model/selectPanel';
import type { Ns } from '../src/base/units';
import { liveStates, type ThreadState } from '../src/model/states';
import type { Exit, Model, Process, Thread } from '../src/model/types';
import type { Columns } from './columns';
import type { Backlog } from './messages/backlog';
import {
  formatBytes,
  formatBytesPair,
  formatCount,
  formatCountShort,
  formatDuration,
  formatPercent,
  printable,
} from './format';
import { roleTexts } from './factTexts';
import { nativeRoleCounts } from './nativeRoles';
import { memory as memoryTexts } from './details/detailTexts';
import { messages } from './messages/messageTexts';
import { sharesText, shortExit, shortReasons, stateNames, tree } from './strings';
import { swatch } from './swatch';
import { laneThreads } from './timeline/lane';
import { css } from './cssProperties';

export interface RowContext {
  readonly model: Model;
  readonly expanded: boolean | null;
  readonly columns: Columns;
  /** What memory bars are drawn in proportion to. */
  readonly largestMemory: number;
  readonly isSelected: boolean;
  /** Threads that let their messages wait. */
  readonly backlogs: ReadonlyMap<string, Backlog>;
}

const INDENT = 14;

export function rowDomId(row: Row): string {
  return `row-${row.id}`;
}

export function treeRow(row: Row, index: number, context: RowContext): TemplateResult {
  const { expanded, isSelected } = context;
  const classes = classMap({ row: true, processRow: row.kind === 'process', selected: isSelected });
  return html`<div
    role="row"
    id=${rowDomId(row)}
    class=${classes}
    aria-level=${row.depth + 1}
    aria-rowindex=${index + 2}
    aria-expanded=${expanded === null ? nothing : expanded}
    aria-selected=${isSelected}
  >
    ${nameCell(row, expanded, context)} ${stateCell(row, context)}
    ${context.columns.cpu ? cpuCell(row, context.model) : nothing}
    ${context.columns.memory ? memoryCell(row, context) : nothing} ${laneCell(row, context.model)}
  </div>`;
}

function nameCell(row: Row, expanded: boolean | null, context: RowContext): TemplateResult {
  const twistie = expanded === null ? '' : `codicon codicon-chevron-${expanded ? 'down' : 'right'}`;
  return html`<div
    role="rowheader"
    class="cell nameCell"
    ${css({ 'padding-left': `${6 + row.depth * INDENT}px` })}
    title=${rowHint(row)}
  >
    <span class="twistie ${twistie}" aria-hidden="true"></span
    ><span class="rowIcon codicon codicon-${rowIcon(row)}" aria-hidden="true"></span
    ><span class="label"
      ><span class="name">${rowTitle(row)}</span>${
        row.kind === 'process' ? html`<span class="pid">${tree.pid(row.process.pid)}</span>` : nothing
      }${row.kind === 'thread' ? roleMark(row.thread, context.model) : nothing}</span
    >${context.columns.shortState ? nothing : backlogMark(row, context)}
  </div>`;
}

/** What a native thread is for: Node gives names to them since its version 22 only. */
function roleMark(thread: Thread, model: Model): TemplateResult | typeof nothing {
  const process = thread.kind === 'native' ? model.processes.get(thread.processId) : undefined;
  const role = process === undefined ? 'other' : (nativeRolesOf(process).get(thread) ?? 'other');
  if (role === 'other') return nothing;
  return html`<span class="pid" title=${roleTexts[role].meaning}>${roleTexts[role].short}</span>`;
}

/**
 * How many messages wait for a thread, or for those of a folded process, where they wait too long. Beside the name, or
 * where there is no room for a number beside the state.
 */
function backlogMark(row: Row, { model, backlogs, columns }: RowContext): TemplateResult | typeof nothing {
  if (backlogs.size === 0 || row.kind === 'nativeThreads') return nothing;
  const threads = row.kind === 'thread' ? [row.thread] : row.collapsed ? row.process.threads : [];
  const found = threads.flatMap(({ id }) => backlogs.get(id) ?? []);
  if (found.length === 0) return nothing;
  const count = found.reduce((sum, { waiting }) => sum + waiting, 0);
  const oldest = formatDuration(model.now - Math.min(...found.map(({ since }) => since)));
  const text = messages.backlog(count, formatCount(count), oldest);
  return html`<span class="backlogMark" title=${text}
    ><span class="codicon codicon-mail" aria-hidden="true"></span
    >${columns.shortState ? nothing : html`<span aria-hidden="true">${formatCountShort(count)}</span>`}<span
      class="visuallyHidden"
      >${text}</span
    ></span
  >`;
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

function stateCell(row: Row, context: RowContext): TemplateResult {
  const { model, columns } = context;
  const content = stateContent(row, model);
  return html`<div role="gridcell" class="cell stateCell" title=${content?.title ?? ''}>
    ${
      content === null
        ? nothing
        : html`${swatch(content.state)}<span
              class=${classMap({ visuallyHidden: columns.shortState, failure: content.failed })}
              >${content.text}</span
            >`
    }${columns.shortState ? backlogMark(row, context) : nothing}
  </div>`;
}

interface StateContent {
  readonly state: ThreadState;
  readonly text: string;
  readonly title: string;
  readonly failed: boolean;
}

function stateContent(row: Row, model: Model): StateContent | null {
  switch (row.kind) {
    case 'nativeThreads':
      return null;
    case 'thread':
      return threadState(row.thread, model);
    case 'process':
      if (row.process.end !== null) return ended(row.process.exit, isFailure(row.process.exit));
      return row.lane === null ? null : threadState(row.lane, model);
  }
}

function threadState(thread: Thread, model: Model): StateContent {
  if (thread.end !== null && thread.kind === 'worker') {
    const failed = thread.error !== null || isFailure(thread.exit);
    if (failed)
      return { ...ended(thread.exit, true), ...(thread.exit === null ? { text: tree.failed } : {}) };
  }
  const { state, reason } = currentState(model, thread);
  const why = state === 'blocked' || state === 'waiting' ? `: ${shortReasons[reason]}` : '';
  return { state, text: stateNames[state], title: `${stateNames[state]}${why}`, failed: false };
}

function ended(exit: Exit | null, failed: boolean): StateContent {
  return { state: 'terminated', text: shortExit(exit), title: stateNames.terminated, failed };
}

function cpuCell(row: Row, model: Model): TemplateResult {
  const { end } = lifeOf(row);
  const share = end === null ? shareNow(row, model) : lifetimeShare(row, model);
  return html`<div
    role="gridcell"
    class=${classMap({ cell: true, numberCell: true, dim: end !== null })}
    title=${end === null ? '' : tree.cpuEnded}
  >
    ${share === null ? '' : formatPercent(share)}
  </div>`;
}

function lifeOf(row: Row): { readonly start: Ns; readonly end: Ns | null } {
  return row.kind === 'thread' ? row.thread : row.process;
}

function shareNow(row: Row, model: Model): number | null {
  switch (row.kind) {
    case 'process':
      return recentCpuShare(model, row.process);
    case 'thread':
      return cpuShare(model, row.thread);
    case 'nativeThreads': {
      const shares = row.threads
        .filter((thread) => thread.end === null)
        .map((thread) => cpuShare(model, thread))
        .filter((share) => share !== null);
      return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0);
    }
  }
}

function lifetimeShare(row: Row, model: Model): number | null {
  const threads =
    row.kind === 'thread' ? [row.thread] : row.kind === 'process' ? row.process.threads : row.threads;
  // Nobody looked: that is not the same as nothing.
  if (threads.every((thread) => thread.last === null)) return null;
  return lifetimeCpuShare(model, lifeOf(row), threads);
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
