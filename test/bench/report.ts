import { spreadOf } from './measure';

/** What the median should be; `aim` is what would be better still. */
export type Target = { readonly atMost: number; readonly aim?: number } | { readonly atLeast: number };

/** A line of the table that `npm run bench` ends with. */
export interface Row {
  readonly workload: string;
  readonly target: string;
  readonly measured: string;
  readonly cpu: string;
  readonly pairs: string;
  readonly verdict: string;
}

export interface Report {
  readonly unit: string;
  /** Digits after the point. */
  readonly digits?: number;
  readonly target?: Target | undefined;
  /** The same measured in CPU time: beside the other, the verdict is not about it. */
  readonly cpu?: readonly number[] | undefined;
  /** The one value of one long run, which has no spread. */
  readonly isSingle?: boolean;
}

/** Prints a line with the spread of these values, and hands it to all.ts, if that has started this bench. */
export function report(workload: string, values: readonly number[], how: Report): void {
  const { target, cpu, digits = 2, isSingle = false } = how;
  const text = (figures: readonly number[]): string => {
    const { median, low, high } = spreadOf(figures);
    if (isSingle) return `${median.toFixed(digits)}${how.unit}`;
    return `${median.toFixed(digits)}${how.unit} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  };
  const row: Row = {
    workload,
    target: target === undefined ? '' : targetText(target, how.unit),
    measured: text(values),
    cpu: cpu === undefined ? '' : text(cpu),
    pairs: isSingle ? '' : String(values.length),
    verdict: target === undefined ? '' : verdictOn(values, target, isSingle),
  };
  const parts = [row.workload.padEnd(44), row.measured];
  if (row.pairs !== '') parts.push(`${row.pairs} pairs`);
  if (row.cpu !== '') parts.push(`CPU ${row.cpu}`);
  if (row.target !== '') parts.push(`target: ${row.target}`, row.verdict);
  process.stdout.write(`${parts.join('  ')}\n`);
  process.send?.(row);
}

export function tableOf(rows: readonly Row[]): string {
  const headings: Row = {
    workload: 'workload',
    target: 'target',
    measured: 'median (quartiles)',
    cpu: 'CPU time',
    pairs: 'pairs',
    verdict: 'verdict',
  };
  const columns = Object.keys(headings) as (keyof Row)[];
  const width = (column: keyof Row): number =>
    Math.max(...[headings, ...rows].map((row) => row[column].length));
  const line = (row: Row): string =>
    `| ${columns.map((column) => row[column].padEnd(width(column))).join(' | ')} |`;
  const rule = `| ${columns.map((column) => '-'.repeat(width(column))).join(' | ')} |`;
  return [line(headings), rule, ...rows.map(line), ''].join('\n');
}

function targetText(target: Target, unit: string): string {
  const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
  if ('atLeast' in target) return `at least ${figure(target.atLeast)}${unit}`;
  const aim = target.aim === undefined ? '' : ` (aim ${figure(target.aim)})`;
  return `at most ${figure(target.atMost)}${unit}${aim}`;
}

function meets(value: number, target: Target): boolean {
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

/** Whether the median is good enough; uncertain if another measurement might well say otherwise. */
function verdictOn(values: readonly number[], target: Target, isSingle: boolean): string {
  const isMet = meets(spreadOf(values).median, target);
  const isCertain = isSingle || medianBounds(values).every((bound) => meets(bound, target) === isMet);
  const aim = 'aim' in target && isMet ? target.aim : undefined;
  const aimText =
    aim === undefined ? '' : meets(spreadOf(values).median, { atMost: aim }) ? ', aim too' : ', aim not';
  return `${isMet ? 'met' : 'missed'}${aimText}${isCertain ? '' : ' (uncertain)'}`;
}

/**
 * Between these the true median is with a probability of about 95 %, whatever the distribution: the values at these
 * ranks. With fewer than six values nothing can be said.
 */
function medianBounds(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  if (count < 6) return [-Infinity, Infinity];
  const rank = Math.max(0, Math.floor(count / 2 - 0.98 * Math.sqrt(count)));
  return [sorted[rank] ?? NaN, sorted[count - 1 - rank] ?? NaN];
}
