/** Which of the message rows are shown, and what they come to. Pure. */
import type { Bytes } from '../../src/base/units';
import type { Row } from '../../src/model/select';
import type { MessageEnd, MessageRow } from './rows';

/** The rows of messages from or to a selected process or thread. */
export function touching(rows: readonly MessageRow[], selected: Row): MessageRow[] {
  const isMeant =
    selected.kind === 'thread'
      ? ({ threadId }: MessageEnd): boolean => threadId === selected.thread.id
      : ({ processId }: MessageEnd): boolean => processId === selected.process.id;
  return rows.filter(({ from, to }) => isMeant(from) || isMeant(to));
}

/** What one thread sent, received, and has waiting for it. */
export function touchingThread(
  rows: readonly MessageRow[],
  threadId: string,
): Pick<MessageTotals, 'sent' | 'waiting' | 'neverDelivered'> & { readonly received: number } {
  const { sent } = totalsOf(rows.filter(({ from }) => from.threadId === threadId));
  const { delivered, ...incoming } = totalsOf(rows.filter(({ to }) => to.threadId === threadId));
  return { ...incoming, sent, received: delivered };
}

export interface MessageTotals {
  readonly sent: number;
  readonly delivered: number;
  readonly waiting: number;
  readonly neverDelivered: number;
  readonly bytes: Bytes;
  readonly bytesEstimated: boolean;
}

export function totalsOf(rows: readonly MessageRow[]): MessageTotals {
  const totals = { sent: 0, delivered: 0, waiting: 0, neverDelivered: 0, bytes: 0, bytesEstimated: false };
  // A broadcast to three is one message sent, though three rows tell of it.
  const counted = new Set<object>();
  for (const row of rows) {
    totals.delivered += row.delivered ?? 0;
    if (row.isTooLate) totals.neverDelivered += row.waiting ?? 0;
    else totals.waiting += row.waiting ?? 0;
    if (counted.has(row.senderKey)) continue;
    counted.add(row.senderKey);
    totals.sent += row.sent;
    totals.bytes += row.bytes ?? 0;
    totals.bytesEstimated ||= row.bytes !== null && row.bytesEstimated;
  }
  return totals;
}

/** Where rows are of several processes, a thread's name alone does not tell which one is meant. */
export function spanProcesses(rows: readonly MessageRow[]): boolean {
  const ids = new Set(rows.flatMap(({ from, to }) => [from.processId, to.processId]));
  ids.delete(null);
  return ids.size > 1;
}
