import type { Explanation } from '../../src/model/explainTypes';
import { formatDuration } from '../format';
import { stateNames } from '../strings';
import { whyTexts as texts } from './whyTexts';

/** `worker 2 · Blocked 412 ms`. */
export function explanationTitle(name: string, explanation: Explanation): string {
  if (explanation.kind === 'end') return texts.endTitle(name, stateNames.terminated);
  const { state, isPure, start, end } = explanation.stretch;
  const text = isPure ? stateNames[state] : texts.mostly(stateNames[state]);
  return texts.title(name, text, formatDuration(end - start));
}
