/** Stretches on many parallel lines, joined where they touch. Pure. */
export class Stretches {
  /** By line: begin and end in turn. */
  private readonly lines = new Map<number, number[]>();

  add(line: number, one: number, other: number): void {
    const known = this.lines.get(line);
    if (known === undefined) this.lines.set(line, [Math.min(one, other), Math.max(one, other)]);
    else known.push(Math.min(one, other), Math.max(one, other));
  }

  visit(visit: (line: number, from: number, to: number) => void): void {
    for (const [line, ends] of this.lines) {
      const order = Array.from({ length: ends.length / 2 }, (_, index) => index * 2);
      if (order.length > 1) order.sort((a, b) => (ends[a] ?? 0) - (ends[b] ?? 0));
      let [from = 0, to = 0] = [ends[order[0] ?? 0], ends[(order[0] ?? 0) + 1]];
      for (const place of order) {
        const [nextFrom = 0, nextTo = 0] = [ends[place], ends[place + 1]];
        if (nextFrom <= to) to = Math.max(to, nextTo);
        else {
          if (to > from) visit(line, from, to);
          [from, to] = [nextFrom, nextTo];
        }
      }
      if (to > from) visit(line, from, to);
    }
  }
}
