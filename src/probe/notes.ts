const { call } = Function.prototype;
// Bound, so that nothing is looked up when they are used: the program may replace these methods.
const get = call.bind(WeakMap.prototype.get) as (map: WeakMap<object, unknown>, key: object) => unknown;
const set = call.bind(WeakMap.prototype.set) as (
  map: WeakMap<object, unknown>,
  key: object,
  value: unknown,
) => void;

/** What is known about objects of the program's, which it can neither see nor change. */
export class Notes<T> {
  private readonly map = new WeakMap<object, T>();

  get(object: object): T | undefined {
    return get(this.map, object) as T | undefined;
  }

  set(object: object, value: T): void {
    set(this.map, object, value);
  }
}
