import { runNode } from './spawn.mjs';

/** Runs all the steps, also after one has failed, so that one look shows everything. Answers the failed names. */
export async function runSteps(steps, options) {
  const failed = [];
  for (const [name, args] of steps) {
    console.log(`── ${name}`);
    if ((await runNode(args, options)) !== 0) failed.push(name);
  }
  return failed;
}
