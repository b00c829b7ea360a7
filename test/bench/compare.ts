import { inTurn, ratios, roundsWanted, spreadOf } from './measure';
import type { ObservedNode, Side } from './observedNode';
import { report } from './report';
import type { Target } from './report';

/** What a program measured of itself, from its first message to the last: in ms. */
interface Figures {
  readonly wall: number;
  /** Null where the system does not tell. */
  readonly cpu: number | null;
}

export interface Comparison {
  readonly workload: string;
  /** Unless `--rounds` says otherwise. */
  readonly pairs: number;
  readonly target: Target;
  /** The output of one run. */
  readonly run: (side: Side) => string;
  /** Reports how much of the bare throughput is left, instead of how many times as long it takes. */
  readonly isThroughput?: boolean;
}

/** A workload without and with the probe, in turn. Answers how much was logged, in bytes, run by run. */
export function compare(node: ObservedNode, comparison: Comparison): number[] {
  const { workload, target, run, isThroughput = false } = comparison;
  const logged: number[] = [];
  const { bare, observed } = inTurn(roundsWanted(comparison.pairs), {
    bare: () => JSON.parse(run('bare')) as Figures,
    observed: () => {
      const figures = JSON.parse(run('observed')) as Figures;
      const logs = node.logSizes();
      // Without this a probe that does not start would meet all targets.
      if (logs.length === 0) throw new Error(`${workload}: the probe has not reported`);
      logged.push(logs.reduce((sum, size) => sum + size, 0));
      return figures;
    },
  });
  const wall = (figures: readonly Figures[]): number[] => figures.map((one) => one.wall);
  const cpu = (figures: readonly Figures[]): number[] => figures.map((one) => one.cpu ?? NaN);
  const cpuRatios = ratios(cpu(observed), cpu(bare)).filter((ratio) => Number.isFinite(ratio));
  const wallRatios = isThroughput ? ratios(wall(bare), wall(observed)) : ratios(wall(observed), wall(bare));
  const how = { unit: '', digits: 3, target, cpu: cpuRatios.length > 0 ? cpuRatios : undefined };
  process.stdout.write(`${bareText(workload, wall(bare), cpu(bare))}\n`);
  report(workload, wallRatios, how);
  return logged.slice(1);
}

function bareText(workload: string, wall: readonly number[], cpu: readonly number[]): string {
  const middle = (values: readonly number[]): string => spreadOf(values).median.toFixed(0);
  const cpuText = cpu.some(Number.isNaN) ? '' : `, CPU ${middle(cpu)} ms`;
  return `${`${workload}: bare`.padEnd(44)}  ${middle(wall)} ms${cpuText}`;
}
