/** A value counted exactly as long as there are this many; beyond, in buckets. */
const EXACT_COUNT = 256;
/** Buckets per doubling: a quantile is off by 1.1 % at most. */
const BUCKETS_PER_OCTAVE = 32;
const OCTAVES = 54;

/** What a value is taken for that no honest program can have: sums of such stay finite, and JSON has no infinity. */
export const LARGEST_PLAUSIBLE = Number.MAX_SAFE_INTEGER;

/** Durations and sizes come from anybody: never negative, never so large that sums lose all meaning. */
export function plausible(value: number): number {
  return Math.min(Math.max(0, value), LARGEST_PLAUSIBLE);
}

/**
 * The quantiles of values that arrive one by one: a busy channel has a million, and its figures are wanted twice a
 * second, so nothing is ever sorted anew. Depends on the values alone, not on the order in which they came.
 */
export class Distribution {
  count = 0;
  sum = 0;
  max = 0;
  private values: number[] | null = [];
  private buckets: Uint32Array | null = null;

  add(given: number): void {
    const value = plausible(given);
    this.count++;
    this.sum += value;
    if (value > this.max) this.max = value;
    if (this.values !== null) {
      this.values.push(value);
      if (this.values.length > EXACT_COUNT) this.beginBuckets(this.values);
    } else if (this.buckets !== null) addToBucket(this.buckets, value);
  }

  /** The smallest value that at least this share of all values does not exceed; null of nothing. */
  quantile(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    if (this.values !== null) return this.values.toSorted((a, b) => a - b)[rank - 1] ?? null;
    let seen = 0;
    for (const [bucket, count] of (this.buckets ?? []).entries()) {
      seen += count;
      if (seen >= rank) return Math.min(middleOf(bucket), this.max);
    }
    return this.max;
  }

  /** Adds all values of another one. */
  addAll(other: Distribution): void {
    if (other.values !== null) {
      for (const value of other.values) this.add(value);
      return;
    }
    if (this.values !== null) this.beginBuckets(this.values);
    for (const [bucket, count] of (other.buckets ?? []).entries()) {
      if (this.buckets !== null) this.buckets[bucket] = (this.buckets[bucket] ?? 0) + count;
    }
    this.count += other.count;
    this.sum += other.sum;
    this.max = Math.max(this.max, other.max);
  }

  private beginBuckets(values: readonly number[]): void {
    this.buckets = new Uint32Array(BUCKETS_PER_OCTAVE * OCTAVES);
    for (const value of values) addToBucket(this.buckets, value);
    this.values = null;
  }
}

function addToBucket(buckets: Uint32Array, value: number): void {
  const bucket = value < 1 ? 0 : Math.floor(Math.log2(value) * BUCKETS_PER_OCTAVE) + 1;
  const at = Math.min(bucket, buckets.length - 1);
  buckets[at] = (buckets[at] ?? 0) + 1;
}

function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : 2 ** ((bucket - 0.5) / BUCKETS_PER_OCTAVE);
}
