/** The filters in use, in words. Pure. */
import { processTitle } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import { assertUnreachable } from '../../src/base/assertUnreachable';
import { printable } from '../format';
import type { Arrangement } from '../rows/arrangement';
import { activeFilters, type FilterName } from '../rows/rowFilter';
import { stateNames } from '../strings';
import { active, kindNames } from './findTexts';

const MOST_CHARACTERS = 40;

export function activeTexts(model: Model, arrangement: Arrangement): readonly string[] {
  return activeFilters(arrangement).map((name) => textOf(model, arrangement, name));
}

function textOf(model: Model, arrangement: Arrangement, name: FilterName): string {
  switch (name) {
    case 'states':
      return active.states(arrangement.states.map((state) => stateNames[state]));
    case 'kinds':
      return active.states(arrangement.kinds.map((kind) => kindNames[kind]));
    case 'processId': {
      const process = model.processes.get(arrangement.processId ?? '');
      return active.process(shortened(process === undefined ? '' : processTitle(process)));
    }
    case 'blockedLongerThan':
      return active.blocked(arrangement.blockedLongerThan ?? 0);
    case 'hideIdle':
      return active.notIdle;
    case 'hideNative':
      return active.notNative;
    case 'hideEnded':
      return active.notEnded;
    default:
      return assertUnreachable(name);
  }
}

export function shortened(text: string): string {
  const shown = printable(text.slice(0, MOST_CHARACTERS));
  return text.length > MOST_CHARACTERS ? `${shown}…` : shown;
}
