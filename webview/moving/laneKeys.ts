/** What the keys do that concern time, intervals and arrows. Pure. */

export type LaneAction =
  | { readonly kind: 'zoom'; readonly closer: boolean }
  | { readonly kind: 'pan'; readonly by: -1 | 1 }
  | { readonly kind: 'fitSelection' | 'fitAll' | 'follow' | 'pickInterval' | 'longestBlocked' }
  | { readonly kind: 'step'; readonly by: -1 | 1; readonly sameState: boolean }
  | { readonly kind: 'otherLane'; readonly by: -1 | 1 }
  | { readonly kind: 'blocked'; readonly by: -1 | 1 }
  /** Along an arrow: back to where it came from, or on to where it goes; `goesOn`: from where the last one led. */
  | { readonly kind: 'alongArrow'; readonly by: -1 | 1; readonly goesOn: boolean }
  | { readonly kind: 'resizePick'; readonly by: -1 | 1 }
  | { readonly kind: 'escape' | 'pin' | 'shortcuts' }
  | { readonly kind: 'moveRow'; readonly by: -1 | 1 };

export interface PressedKey {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  /** Some keyboards need it for brackets; Windows then reports Ctrl and Alt as well. */
  readonly altGraph: boolean;
}

const plainKeys = new Map<string, LaneAction>(
  Object.entries<LaneAction>({
    '+': { kind: 'zoom', closer: true },
    '=': { kind: 'zoom', closer: true },
    '-': { kind: 'zoom', closer: false },
    _: { kind: 'zoom', closer: false },
    w: { kind: 'zoom', closer: true },
    s: { kind: 'zoom', closer: false },
    a: { kind: 'pan', by: -1 },
    d: { kind: 'pan', by: 1 },
    f: { kind: 'fitSelection' },
    '0': { kind: 'fitAll' },
    l: { kind: 'follow' },
    r: { kind: 'pickInterval' },
    x: { kind: 'longestBlocked' },
    p: { kind: 'pin' },
    '?': { kind: 'shortcuts' },
    escape: { kind: 'escape' },
  }),
);

const brackets = new Map<string, LaneAction>(
  Object.entries<LaneAction>({
    '[': { kind: 'alongArrow', by: -1, goesOn: false },
    ']': { kind: 'alongArrow', by: 1, goesOn: false },
    '{': { kind: 'alongArrow', by: -1, goesOn: true },
    '}': { kind: 'alongArrow', by: 1, goesOn: true },
  }),
);

const arrowDirections = new Map<string, -1 | 1>(
  Object.entries<-1 | 1>({
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -1,
    ArrowDown: 1,
  }),
);

/** `inLane`: an interval is selected, so that arrow keys walk along its lane. */
export function laneAction(pressed: PressedKey, inLane: boolean): LaneAction | null {
  const { key, ctrl, shift, alt, meta, altGraph } = pressed;
  if (altGraph || !(ctrl || alt || meta)) {
    const bracket = brackets.get(key);
    if (bracket !== undefined) return bracket;
  }
  const by = arrowDirections.get(key);
  if (by !== undefined) return arrowAction(pressed, by, inLane);
  if (ctrl || alt || meta) return null;
  if (key.toLowerCase() === 'b') return { kind: 'blocked', by: shift ? -1 : 1 };
  return plainKeys.get(key.toLowerCase()) ?? null;
}

function arrowAction(pressed: PressedKey, by: -1 | 1, inLane: boolean): LaneAction | null {
  const { key, shift, alt } = pressed;
  // On a Mac the system keeps Ctrl with arrow keys for itself.
  const ctrl = pressed.ctrl || pressed.meta;
  const isSideways = key === 'ArrowLeft' || key === 'ArrowRight';
  if (alt) return isSideways || ctrl || shift ? null : { kind: 'moveRow', by };
  if (shift) return isSideways && !ctrl ? { kind: 'resizePick', by } : null;
  if (!inLane) return null;
  if (isSideways) return { kind: 'step', by, sameState: ctrl };
  return ctrl ? null : { kind: 'otherLane', by };
}
