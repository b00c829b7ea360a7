/** The processes that a menu offers: of twenty thousand nobody finds one in a list. Pure. */
import { processTitle } from '../../src/model/select';
import type { Model, Process } from '../../src/model/types';
import { tree } from '../strings';
import { shortened } from './activeTexts';

const MOST = 200;

export interface ProcessChoice {
  readonly id: string;
  readonly text: string;
}

/** Living ones first, then those that ended last; `wanted` are there in any case. `more`: how many are left out. */
export function processChoices(
  model: Model,
  wanted: readonly string[],
): { readonly choices: readonly ProcessChoice[]; readonly more: number } {
  const chosen = new Set<Process>();
  for (const id of wanted) {
    const process = model.processes.get(id);
    if (process !== undefined) chosen.add(process);
  }
  const all = [...model.processes.values()];
  for (const process of all) if (process.end === null && chosen.size < MOST) chosen.add(process);
  for (const process of all.toReversed()) if (chosen.size < MOST) chosen.add(process);
  // In order of appearance, as in the tree.
  const choices = all
    .filter((process) => chosen.has(process))
    .map((process) => ({
      id: process.id,
      text: `${shortened(processTitle(process))} · ${tree.pid(process.pid)}`,
    }));
  return { choices, more: all.length - choices.length };
}
