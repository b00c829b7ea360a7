import { nsToMs, type Ms, type Ns } from '../base/units';
import type { Model } from './types';

/** `file:line` of a `file:line:column`. */
export function lineOf(location: string | null | undefined): string | null {
  return location?.replace(/:\d+$/, '') ?? null;
}

/** Rounded to microseconds: what is beyond is noise, and makes reports hard to read. */
export function toMs(ns: Ns): Ms {
  return Math.round(nsToMs(ns) * 1000) / 1000;
}

/** A moment as milliseconds since the run's start. */
export function sinceZero(model: Model, time: Ns): Ms {
  return toMs(time - (model.start ?? 0));
}
