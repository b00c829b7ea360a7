import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NS_PER_MS } from '../../../src/base/units';
import { checkInvariants } from '../../support/invariants';
import { SimulatedThread, simulatedMain, type Look, type Phase } from '../../support/simulatedThread';

const phase: fc.Arbitrary<Phase> = fc.record(
  { does: fc.constantFrom('run', 'queue', 'sleep'), ms: fc.integer({ min: 1, max: 60 }) },
  { noNullPrototype: true },
);
const simulated = fc
  .array(phase, { minLength: 1, maxLength: 40, size: 'max' })
  .map((phases) => new SimulatedThread(phases));
const looks: fc.Arbitrary<Look[]> = fc.array(
  fc.record(
    { after: fc.integer({ min: 5, max: 60 }), passTakes: fc.integer({ min: 0, max: 2 }) },
    { noNullPrototype: true },
  ),
  { maxLength: 200, size: 'max' },
);

function totals(life: SimulatedThread, seenBy: readonly Look[]) {
  const model = life.observe(seenBy);
  checkInvariants(model);
  const { timeline } = simulatedMain(model);
  return { ...timeline.totals, estimated: timeline.estimatedTime };
}

/** An ended thread's last sleep may be taken to last until the end of a pass during which it woke up. */
const PASS_MS = 2;

const MAX_OPEN_MS = 200;

/** The longest sum of neighbours that are not zero. */
function longestRun(values: readonly number[]): number {
  let [longest, sum] = [0, 0];
  for (const value of values) {
    sum = value === 0 ? 0 : sum + value;
    longest = Math.max(longest, sum);
  }
  return longest;
}

describe('time accounting of a simulated thread', () => {
  it("running never exceeds the kernel's figure, and is that figure in the end", () => {
    fc.assert(
      fc.property(simulated, looks, (life, seenBy) => {
        const { running } = totals(life, seenBy);
        const cpu = life.total('run') * NS_PER_MS;
        assert.ok(running <= cpu + 10, `running ${running}, but only ${cpu} on a CPU`);
        assert.ok(running >= cpu - PASS_MS * NS_PER_MS - 10, `running ${running} of ${cpu}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('ready and waiting are close to the truth', () => {
    fc.assert(
      fc.property(simulated, looks, (life, seenBy) => {
        const { ready, waiting } = totals(life, seenBy);
        const waits = life.phases.map(({ does, ms }) => (does === 'queue' ? ms : 0));
        // An account that stays open too long is closed, at the cost of the wait that is just under way.
        const closings = Math.floor(life.lifeMs / MAX_OPEN_MS);
        const slack = (PASS_MS * (1 + seenBy.length) + closings * longestRun(waits)) * NS_PER_MS;
        assert.ok(Math.abs(ready - life.total('queue') * NS_PER_MS) <= slack);
        assert.ok(Math.abs(waiting - life.total('sleep') * NS_PER_MS) <= slack);
      }),
      { numRuns: 1000 },
    );
  });

  it('is exact when nobody looks but at the end', () => {
    fc.assert(
      fc.property(simulated, (life) => {
        const { running, ready, waiting, blocked, estimated } = totals(life, []);
        assert.equal(running, life.total('run') * NS_PER_MS);
        assert.equal(ready, life.total('queue') * NS_PER_MS);
        assert.equal(waiting + blocked, life.total('sleep') * NS_PER_MS);
        assert.equal(estimated, 0);
      }),
    );
  });
});
