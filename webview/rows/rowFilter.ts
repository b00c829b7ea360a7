/** Which threads and processes the user asked for. Pure. */
import { currentState } from '../../src/model/select';
import type { Model, Process, Thread } from '../../src/model/types';
import type { Arrangement } from './arrangement';
import { longestBlockedOf } from './blockedStretch';
import { messageSearch } from './messageText';
import { processText, threadText, wordsOf } from './searchText';
import { isIdle } from './threadFigures';

/** The parts of an arrangement that hide rows, the query aside. */
export const filterNames = [
  'states',
  'kinds',
  'processId',
  'blockedLongerThan',
  'hideIdle',
  'hideNative',
  'hideEnded',
] as const;
export type FilterName = (typeof filterNames)[number];

export const noFilters: Pick<Arrangement, FilterName> = {
  states: [],
  kinds: [],
  processId: null,
  blockedLongerThan: null,
  hideIdle: false,
  hideNative: false,
  hideEnded: false,
};

/** Those in use. */
export function activeFilters(arrangement: Arrangement): readonly FilterName[] {
  return filterNames.filter((name) => {
    const value = arrangement[name];
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== false;
  });
}

export function hidesRows(arrangement: Arrangement): boolean {
  return wordsOf(arrangement.query).length > 0 || activeFilters(arrangement).length > 0;
}

export interface RowFilter {
  readonly isSearching: boolean;
  /** Whether the thread is one that the filters leave, whatever the query says. */
  readonly passes: (thread: Thread) => boolean;
  /** The same for a process's row, where nothing below it has to be shown. */
  readonly passesAlone: (process: Process) => boolean;
  /** Whether the words of the query are found here; true for a query without words. */
  readonly matches: (thread: Thread) => boolean;
  readonly matchesProcess: (process: Process) => boolean;
}

export function rowFilter(model: Model, arrangement: Arrangement): RowFilter {
  const words = wordsOf(arrangement.query);
  const messages: ReadonlyMap<string, string> = words.length === 0 ? new Map() : messageSearch(model).texts;
  const textOf = (process: Process): string => {
    const main = process.isNode ? undefined : process.threads[0];
    const received = main === undefined ? undefined : messages.get(main.id);
    const text = processText(model, process);
    return received === undefined ? text : `${text}\n${received}`;
  };
  return {
    isSearching: words.length > 0,
    passes: threadFilter(model, arrangement),
    passesAlone: processFilter(model, arrangement),
    matches: (thread) => {
      if (words.length === 0) return true;
      const own = threadText(model, thread);
      const sent = messages.get(thread.id) ?? '';
      const isOwn = (word: string): boolean => own.includes(word) || sent.includes(word);
      if (!words.some(isOwn)) return false;
      const process = model.processes.get(thread.processId);
      // Some of the words may say which process is meant.
      return words.every((word) => isOwn(word) || (process !== undefined && textOf(process).includes(word)));
    },
    matchesProcess: (process) => {
      const text = textOf(process);
      return words.every((word) => text.includes(word));
    },
  };
}

function threadFilter(model: Model, arrangement: Arrangement): (thread: Thread) => boolean {
  const { states, kinds, blockedLongerThan, hideIdle, hideNative, hideEnded } = arrangement;
  return (thread) =>
    !(hideNative && thread.kind === 'native') &&
    !(hideEnded && thread.end !== null) &&
    (kinds.length === 0 || kinds.includes(thread.kind)) &&
    (states.length === 0 || states.includes(currentState(model, thread).state)) &&
    !(hideIdle && isIdle(model, thread)) &&
    (blockedLongerThan === null || longestBlockedOf(model, thread) > blockedLongerThan);
}

function processFilter(model: Model, arrangement: Arrangement): (process: Process) => boolean {
  const { states, kinds, blockedLongerThan, hideIdle, hideEnded } = arrangement;
  const passes = threadFilter(model, arrangement);
  const asksForThreads = states.length > 0 || kinds.length > 0 || blockedLongerThan !== null;
  return (process) => {
    if (hideEnded && process.end !== null) return false;
    const [main] = process.threads;
    if (asksForThreads) {
      if (main !== undefined) return !process.isNode && passes(main);
      // Nobody saw a thread of it: its end is all that is known.
      const isEndEnough = kinds.length === 0 && blockedLongerThan === null;
      return isEndEnough && process.end !== null && states.includes('terminated');
    }
    return !hideIdle || process.threads.length === 0 || process.threads.some((one) => !isIdle(model, one));
  };
}
