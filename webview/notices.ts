/** Collects, from everything that can go wrong, what is worth a line above the panel. */
import { processTitle, threadTitle } from '../src/model/select';
import type { Model, Thread } from '../src/model/types';
import { formatClock, formatCount, formatDuration } from './format';
import type { PanelStore } from './store';
import { noticeText, notices as texts, recordingProblem } from './strings';

export interface PanelNotice {
  /** Stays the same for the same notice, so that it stays dismissed. */
  readonly key: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  /** The process or thread it is about. */
  readonly subjectId: string | null;
}

/** A program may fail a thousand times in the same way: the first ones tell the story. */
const MAX_OF_A_KIND = 3;

export function collectNotices(store: PanelStore): PanelNotice[] {
  const { model } = store;
  const result = [...aboutPage(store), ...aboutRun(model)];
  result.push(...limited('crash', crashes(model)), ...limited('failedCall', failedCalls(model)));
  return result;
}

function aboutPage(store: PanelStore): PanelNotice[] {
  const result: PanelNotice[] = [];
  const status = store.status.value;
  const problem = store.problem.value;
  // With nothing to show, the page itself says what went wrong.
  if (store.model.processes.size > 0) {
    if ((status.state === 'failed' || status.state === 'ended') && status.problem !== null) {
      result.push({ key: 'status', severity: 'error', text: status.problem, subjectId: null });
    }
    if (problem !== null) {
      result.push({ key: 'recording', severity: 'error', text: recordingProblem(problem), subjectId: null });
    }
  }
  if (store.lost.value) result.push({ key: 'lost', severity: 'info', text: texts.lost, subjectId: null });
  return result;
}

function aboutRun(model: Model): PanelNotice[] {
  const byKey = new Map<string, PanelNotice>();
  for (const { code, detail } of model.notices) {
    const key = `run:${code}:${detail ?? ''}`;
    byKey.set(key, { key, severity: 'warning', text: noticeText(code, detail), subjectId: null });
  }
  return [...limited('run', [...byKey.values()]), ...aboutClock(model)];
}

/** Times that do not fit together: what is shown stays usable, but nobody should wonder alone. */
function aboutClock({ clock, start }: Model): PanelNotice[] {
  const result: PanelNotice[] = [];
  const [gap] = clock.gaps;
  if (gap !== undefined) {
    const from = formatClock(gap.start - (start ?? 0));
    const text = texts.gap(formatDuration(gap.end - gap.start), from, clock.gapCount - 1);
    result.push({ key: 'clock:gap', severity: 'warning', text, subjectId: null });
  }
  if (clock.backwards > 0) {
    const text = texts.backwards(formatCount(clock.backwards));
    result.push({ key: 'clock:backwards', severity: 'warning', text, subjectId: null });
  }
  return result;
}

function crashes(model: Model): PanelNotice[] {
  const result: PanelNotice[] = [];
  for (const thread of model.threads.values()) {
    if (thread.error === null) continue;
    const [firstLine = ''] = thread.error.message.split('\n');
    const error = thread.error.name === null ? firstLine : `${thread.error.name}: ${firstLine}`;
    const text = texts.crashed(fullTitle(model, thread), error);
    result.push({ key: `crash:${thread.id}`, severity: 'error', text, subjectId: thread.id });
  }
  return result;
}

function failedCalls(model: Model): PanelNotice[] {
  const result: PanelNotice[] = [];
  for (const call of model.calls.values()) {
    if (call.error === null || call.api === 'Worker') continue;
    const text = texts.failedCall(call.api, call.file, call.error);
    result.push({ key: `call:${call.token}`, severity: 'error', text, subjectId: call.threadId });
  }
  return result;
}

function limited(kind: string, all: readonly PanelNotice[]): PanelNotice[] {
  if (all.length <= MAX_OF_A_KIND) return [...all];
  const rest = all.length - MAX_OF_A_KIND + 1;
  const severity = all[0]?.severity ?? 'info';
  const more: PanelNotice = { key: `more:${kind}`, severity, text: texts.more(rest), subjectId: null };
  return [...all.slice(0, MAX_OF_A_KIND - 1), more];
}

function fullTitle(model: Model, thread: Thread): string {
  const process = model.processes.get(thread.processId);
  if (process === undefined) return threadTitle(thread);
  return thread.kind === 'main'
    ? processTitle(process)
    : `${threadTitle(thread)} of ${processTitle(process)}`;
}
