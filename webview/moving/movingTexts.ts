/** Texts of the ruler, the minimap and the shortcut sheet. */

export const moving = {
  rulerHint: 'Drag: select a stretch of time. Click: clear it. Wheel: zoom. Double-click: whole run.',
  minimap: 'Whole run',
  minimapTitle: 'Drag the frame to move, its edges to zoom; click to jump',
  minimapLabel: 'Part of the run that is shown',
  minimapValue: (from: string, to: string, duration: string): string => `${from} to ${to} of ${duration}`,
  minimapWhole: (duration: string): string => `the whole run, ${duration}`,
  picked: (duration: string): string => `↔ ${duration}`,
  help: 'Mouse and keyboard (?)',
} as const;

/** Said when a key asks for something that is not there. */
export const nothingThere = {
  step: 'No further interval on this lane.',
  sameState: 'No further interval of the same state on this lane.',
  otherLane: 'No further lane.',
  blocked: 'No further Blocked interval on this lane.',
  longestBlocked: 'Nothing was Blocked for long.',
  from: 'No arrow comes to this interval.',
  to: 'No arrow goes out of this interval.',
} as const;

export interface Shortcut {
  /** Any of them; several in one are pressed together. */
  readonly keys: readonly string[];
  readonly does: string;
}

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

const zooming: ShortcutGroup = {
  title: 'Time: zoom and move',
  shortcuts: [
    { keys: ['Wheel', 'Pinch'], does: 'zoom where the pointer is (on lanes, ruler and CPU strip)' },
    { keys: ['Drag', 'Shift+Wheel', 'Sideways wheel'], does: 'move' },
    { keys: ['W', 'S', '+', '−'], does: 'zoom in (W, +) and out (S, −)' },
    { keys: ['A', 'D'], does: 'move left and right' },
    { keys: ['F'], does: 'fit the selection; again: what else is selected, then the whole run' },
    { keys: ['0'], does: 'show the whole run' },
    { keys: ['L'], does: 'follow the live end, or let go; moving back lets go as well' },
    { keys: ['Double-click'], does: 'fit an interval; beside all intervals: the whole run' },
    {
      keys: ['Drag', '←', '→', 'Page Up', 'Page Down', 'Home', 'End', '+', '−'],
      does: 'on the minimap: move its frame; its edges and + − zoom',
    },
  ],
};

const range: ShortcutGroup = {
  title: 'A stretch of time',
  shortcuts: [
    { keys: ['Drag on the ruler', 'Shift+Drag'], does: 'select a stretch of time' },
    { keys: ['Shift+←', 'Shift+→'], does: 'move its end, or begin one' },
    { keys: ['R'], does: 'select the time of the selected interval, or all that is in view' },
    { keys: ['Click on the ruler'], does: 'clear it' },
  ],
};

const rows: ShortcutGroup = {
  title: 'Rows',
  shortcuts: [
    { keys: ['↑', '↓', 'Page Up', 'Page Down', 'Home', 'End'], does: 'from row to row' },
    { keys: ['←', '→'], does: 'close and open a row, go out and in' },
    { keys: ['Wheel over the tree', 'Alt+Wheel'], does: 'scroll' },
    { keys: ['→', 'Enter'], does: 'on a thread: into its lane' },
    { keys: ['Space'], does: 'open the details' },
    { keys: ['P'], does: 'pin the row on top, or let it go' },
    { keys: ['Alt+↑', 'Alt+↓'], does: 'move the row among its neighbours' },
    {
      keys: ['/', 'Ctrl+F'],
      does: 'search; Enter and Shift+Enter: next and previous; Escape: back to the rows',
    },
  ],
};

const intervals: ShortcutGroup = {
  title: 'In a lane: from interval to interval',
  shortcuts: [
    { keys: ['Click'], does: 'select an interval or an arrow' },
    { keys: ['←', '→'], does: 'previous and next interval' },
    {
      keys: ['Ctrl+←', 'Ctrl+→'],
      does: 'previous and next one in the same state (on a Mac also with Command)',
    },
    { keys: ['↑', '↓'], does: 'lane above and below, at the same moment' },
    { keys: ['B', 'Shift+B'], does: 'next and previous Blocked interval' },
    { keys: ['X'], does: 'the longest Blocked interval of the whole run' },
    { keys: ['['], does: 'along an arrow to where it came from; again: the next arrow' },
    { keys: [']'], does: 'along an arrow to where it goes; again: the next arrow' },
    { keys: ['{', '}'], does: 'the same, and on from there instead of the next arrow' },
    { keys: ['Escape'], does: 'clear step by step: arrow, stretch of time, interval, row' },
  ],
};

export const shortcutSheet = {
  title: 'Mouse and keyboard',
  close: 'Close',
  groups: [zooming, intervals, range, rows] satisfies readonly ShortcutGroup[],
} as const;
