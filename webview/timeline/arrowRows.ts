/** Which row stands for a thread, as the end of an arrow. Pure. */
import type { Row } from '../../src/model/select';
import type { Model, Process } from '../../src/model/types';

export interface ArrowRows {
  /** Index of the row; null where the thread is not shown: filtered away, or inside a row that is. */
  rowOf(threadId: string): number | null;
  /** The threads whose row is within [first, end). */
  threadsIn(first: number, end: number): Set<string>;
}

const known = new WeakMap<readonly Row[], ArrowRows>();

/** `rows`: all of the surface. They are made anew with every change of the model. */
export function arrowRows(model: Model, rows: readonly Row[]): ArrowRows {
  let found = known.get(rows);
  if (found === undefined) known.set(rows, (found = new RowsByThread(model, rows)));
  return found;
}

class RowsByThread implements ArrowRows {
  /** Threads with a row of their own, and those taken together in one. */
  private readonly shown = new Map<string, number>();
  private readonly processRows = new Map<string, number>();
  /** The others, once asked for. */
  private readonly inside = new Map<string, number | null>();
  private hidden: ReadonlyMap<number, readonly string[]> | null = null;

  constructor(
    private readonly model: Model,
    private readonly rows: readonly Row[],
  ) {
    rows.forEach((row, index) => this.addRow(row, index));
  }

  rowOf(threadId: string): number | null {
    const shown = this.shown.get(threadId);
    if (shown !== undefined) return shown;
    let inside = this.inside.get(threadId);
    if (inside === undefined) this.inside.set(threadId, (inside = this.closedRowAround(threadId)));
    return inside;
  }

  threadsIn(first: number, end: number): Set<string> {
    const threads = new Set<string>();
    for (let index = first; index < end; index++) {
      const row = this.rows[index];
      if (row === undefined) continue;
      for (const id of threadsOf(row)) threads.add(id);
      if (row.kind !== 'process' || !row.collapsed || !row.process.hasChildren) continue;
      for (const id of this.hiddenIn(index)) threads.add(id);
    }
    return threads;
  }

  private addRow(row: Row, index: number): void {
    if (row.kind === 'process') this.processRows.set(row.id, index);
    for (const id of threadsOf(row)) if (!this.shown.has(id)) this.shown.set(id, index);
  }

  /** A closed process stands for all that is below it. */
  private closedRowAround(threadId: string): number | null {
    const thread = this.model.threads.get(threadId);
    return thread === undefined ? null : this.closedRowOf(this.model.processes.get(thread.processId));
  }

  private closedRowOf(process: Process | undefined): number | null {
    // A recording may claim a chain of any length, or a circle.
    let left = this.model.processes.size;
    for (let at = process; at !== undefined && left-- > 0;) {
      const index = this.processRows.get(at.id);
      const row = index === undefined ? undefined : this.rows[index];
      if (index !== undefined && row?.kind === 'process') return row.collapsed ? index : null;
      at = at.parentId === null ? undefined : this.model.processes.get(at.parentId);
    }
    return null;
  }

  private hiddenIn(index: number): readonly string[] {
    this.hidden ??= this.findHidden();
    return this.hidden.get(index) ?? [];
  }

  private findHidden(): ReadonlyMap<number, readonly string[]> {
    const hidden = new Map<number, string[]>();
    for (const process of this.model.processes.values()) {
      if (this.processRows.has(process.id)) continue;
      const index = this.closedRowOf(process);
      if (index === null) continue;
      const ids = process.threads.map(({ id }) => id);
      const others = hidden.get(index);
      if (others === undefined) hidden.set(index, ids);
      else others.push(...ids);
    }
    return hidden;
  }
}

function threadsOf(row: Row): readonly string[] {
  switch (row.kind) {
    case 'thread':
      return [row.thread.id];
    case 'process':
      if (row.collapsed) return row.process.threads.map(({ id }) => id);
      return row.lane === null ? [] : [row.lane.id];
    case 'nativeThreads':
      return row.collapsed ? row.threads.map(({ id }) => id) : [];
  }
}
