/** What a series of figures comes to: the median, and the quartiles around it. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? NaN;
    const above = sorted[Math.ceil(place)] ?? NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75), count: sorted.length };
}

/**
 * Measures alternatives in turn (A B C A B C …), so that whatever else the machine does meets all of them alike.
 * Answers the figures of each, pair by pair.
 */
export function inTurn<Name extends string, Figure>(
  rounds: number,
  alternatives: Readonly<Record<Name, () => Figure>>,
): Record<Name, Figure[]> {
  const names = Object.keys(alternatives) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as Figure[]])) as Record<Name, Figure[]>;
  // The first round warms the caches and is not counted.
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const figure = alternatives[name]();
      if (round >= 0) figures[name].push(figure);
    }
  }
  return figures;
}

export function differences(figures: readonly number[], base: readonly number[]): number[] {
  return figures.map((figure, index) => figure - (base[index] ?? NaN));
}

export function ratios(figures: readonly number[], base: readonly number[]): number[] {
  return figures.map((figure, index) => figure / (base[index] ?? NaN));
}

export function milliseconds(action: () => void): number {
  const begin = process.hrtime.bigint();
  action();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

/** `--rounds N` on the command line, or the usual number. */
export function roundsWanted(usual: number): number {
  return numberWanted('--rounds', usual);
}

/** The number after an option on the command line, or the usual one. */
export function numberWanted(option: string, usual: number): number {
  const at = process.argv.indexOf(option);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}
