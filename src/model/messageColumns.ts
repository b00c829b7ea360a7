import type { Bytes, Ns } from '../base/units';

const INITIAL_CAPACITY = 2;
/**
 * How many places back a record may belong. Records come in the order of their numbers, except where handling one
 * message delivers another one. A number further back was told before, or is a lie.
 */
export const LARGEST_STEP_BACK = 64;

/** Every entry begins with the message's number and its time. */
const NUMBER = 0;
const TIME = 1;

/**
 * Messages of a port that have a record of their own, in ascending order of their numbers: entries of `width` numbers,
 * one after the other in a single array, since most ports have few messages and some have millions. Appended to,
 * never indexed by a number that a record claims.
 */
abstract class MessageColumns {
  length = 0;
  /** Grows whenever something was put anywhere else than at the end. */
  rewrites = 0;
  protected entries: Float64Array;

  constructor(private readonly width: number) {
    this.entries = new Float64Array(width * INITIAL_CAPACITY);
  }

  number(place: number): number {
    return this.at(place, NUMBER);
  }

  time(place: number): Ns {
    return this.at(place, TIME);
  }

  /** The first place whose number is not below this one. */
  placeOfNumber(number: number): number {
    return this.firstNotBelow(NUMBER, number);
  }

  placeOfTime(time: Ns): number {
    return this.firstNotBelow(TIME, time);
  }

  protected at(place: number, column: number): number {
    return this.entries[place * this.width + column] ?? 0;
  }

  /** Makes an entry for a message and answers where in `entries` it begins; -1 for one that is there already. */
  protected insert(number: number, time: Ns): number {
    let place = this.length;
    const lowest = Math.max(0, this.length - LARGEST_STEP_BACK);
    while (place > lowest && this.number(place - 1) > number) place--;
    if (place > 0 && this.number(place - 1) >= number) return -1;
    const start = place * this.width;
    const end = this.length * this.width;
    if (end === this.entries.length) this.grow();
    if (start < end) {
      this.entries.copyWithin(start + this.width, start, end);
      this.rewrites++;
    }
    this.length++;
    this.entries[start + NUMBER] = number;
    this.entries[start + TIME] = time;
    return start;
  }

  private grow(): void {
    const grown = new Float64Array(this.entries.length * 2);
    grown.set(this.entries);
    this.entries = grown;
  }

  private firstNotBelow(column: number, value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle, column) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const BYTES = 2;
const SEND_DURATION = 3;
const LOCATION = 4;

/** Messages sent. */
export class SendColumns extends MessageColumns {
  constructor() {
    super(LOCATION + 1);
  }

  /** `location` is an index into the model's table. False for a message that is there already. */
  add(number: number, time: Ns, bytes: Bytes, duration: Ns, location: number): boolean {
    const start = this.insert(number, time);
    if (start < 0) return false;
    this.entries[start + BYTES] = bytes;
    this.entries[start + SEND_DURATION] = duration;
    this.entries[start + LOCATION] = location;
    return true;
  }

  bytes(place: number): Bytes {
    return this.at(place, BYTES);
  }

  duration(place: number): Ns {
    return this.at(place, SEND_DURATION);
  }

  location(place: number): number {
    return this.at(place, LOCATION);
  }
}

const HANDLE_DURATION = 2;
const RECEIVE_WIDTH = 3;

/** Messages delivered. */
export class ReceiveColumns extends MessageColumns {
  constructor() {
    super(RECEIVE_WIDTH);
  }

  add(number: number, time: Ns, duration: Ns | null): boolean {
    const start = this.insert(number, time);
    if (start < 0) return false;
    this.entries[start + HANDLE_DURATION] = duration ?? NaN;
    return true;
  }

  /** Time spent in the handlers; null while that is not known. */
  duration(place: number): Ns | null {
    const duration = this.at(place, HANDLE_DURATION);
    return Number.isNaN(duration) ? null : duration;
  }

  /** The handlers of a message have returned: the time they took, or null if that is no news. */
  finish(number: number, time: Ns): Ns | null {
    const place = this.placeOfNumber(number);
    if (place >= this.length || this.number(place) !== number || this.duration(place) !== null) return null;
    const duration = Math.max(0, time - this.time(place));
    this.entries[place * RECEIVE_WIDTH + HANDLE_DURATION] = duration;
    return duration;
  }
}
