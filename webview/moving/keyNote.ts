import type { LaneAction } from './laneKeys';
import { nothingThere } from './movingTexts';

/** What to say when a key led nowhere. */
export function keyNote(action: LaneAction): string {
  switch (action.kind) {
    case 'step':
      return action.sameState ? nothingThere.sameState : nothingThere.step;
    case 'otherLane':
    case 'blocked':
    case 'longestBlocked':
      return nothingThere[action.kind];
    case 'alongArrow':
      return action.by < 0 ? nothingThere.from : nothingThere.to;
    default:
      // All others always do something.
      return '';
  }
}
