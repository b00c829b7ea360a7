declare const unit: unique symbol;

/**
 * A number with a unit. The brand is optional so that literals and arithmetic stay plain numbers, while a
 * value already branded with another unit is refused by the compiler.
 */
type Quantity<Name extends string> = number & { readonly [unit]?: Name };

/**
 * Nanoseconds of CLOCK_MONOTONIC (or a difference of two such times), as a double: exact to 1 ns for the first
 * 104 days of a machine's uptime, to 2 ns after that.
 */
export type Ns = Quantity<'ns'>;

/** Milliseconds. */
export type Ms = Quantity<'ms'>;

/** A number of bytes. */
export type Bytes = Quantity<'bytes'>;

export const NS_PER_MS = 1e6;
export const NS_PER_SECOND = 1e9;

export function nsToMs(ns: Ns): Ms {
  return ns / NS_PER_MS;
}
