const BLOCK_BITS = 4;
const BLOCK = 1 << BLOCK_BITS;
const GROWTH = 1.5;

/** What is summed. */
export interface Entries {
  /** Figures of an entry. */
  readonly width: number;
  /** Adds the figures of one entry to `into`. */
  addTo(index: number, into: Float64Array): void;
}

/**
 * Sums over any stretch of a growing list of entries, each with some figures, in constant time: what the entries
 * before every sixteenth add up to is kept, which takes half a double per entry and figure. Nothing is summed before somebody
 * asks, and then only what is not known yet.
 */
export class RunningSums {
  /** Of all entries before block b: from b * width on. */
  private sums = new Float64Array(0);
  /** So many blocks have been added up; entries beyond them may change unnoticed. */
  private known = 0;
  private readonly rest: Float64Array;

  private readonly entries: Entries;

  constructor(entries: Entries) {
    this.entries = entries;
    this.rest = new Float64Array(entries.width);
  }

  /** This entry, and maybe later ones, are not what they were. */
  changedFrom(index: number): void {
    this.known = Math.min(this.known, index >> BLOCK_BITS);
  }

  /** Adds the entries from `first` up to, not including, `end`, which must change no more without a word. */
  add(first: number, end: number, into: Float64Array): void {
    const { entries } = this;
    const { width } = entries;
    const firstBlock = (first + BLOCK - 1) >> BLOCK_BITS;
    const endBlock = end >> BLOCK_BITS;
    if (endBlock <= firstBlock) {
      for (let index = first; index < end; index++) entries.addTo(index, into);
      return;
    }
    if (endBlock > this.known) this.learn(endBlock);
    for (let index = first; index < firstBlock << BLOCK_BITS; index++) entries.addTo(index, into);
    const { sums } = this;
    const from = firstBlock * width;
    const to = endBlock * width;
    for (let figure = 0; figure < width; figure++) {
      into[figure] = (into[figure] ?? 0) + (sums[to + figure] ?? 0) - (sums[from + figure] ?? 0);
    }
    for (let index = endBlock << BLOCK_BITS; index < end; index++) entries.addTo(index, into);
  }

  /**
   * Sets `into` to the sum of all entries before `end`. Entry by entry, in their order: the sums before two entries
   * between which there is nothing of a figure are the same to the last bit.
   */
  before(end: number, into: Float64Array): void {
    const { entries } = this;
    const { width } = entries;
    const block = end >> BLOCK_BITS;
    if (block > this.known) this.learn(block);
    const { sums } = this;
    for (let figure = 0; figure < width; figure++) into[figure] = sums[block * width + figure] ?? 0;
    for (let index = block << BLOCK_BITS; index < end; index++) entries.addTo(index, into);
  }

  private learn(blocks: number): void {
    const { entries, rest } = this;
    const { width } = entries;
    if (this.sums.length < (blocks + 1) * width) {
      const grown = new Float64Array(Math.ceil((blocks + 1) * GROWTH) * width);
      grown.set(this.sums);
      this.sums = grown;
    }
    const { sums } = this;
    rest.set(sums.subarray(this.known * width, (this.known + 1) * width));
    for (let block = this.known; block < blocks; block++) {
      const end = (block + 1) << BLOCK_BITS;
      for (let index = block << BLOCK_BITS; index < end; index++) entries.addTo(index, rest);
      sums.set(rest, (block + 1) * width);
    }
    this.known = blocks;
  }
}
