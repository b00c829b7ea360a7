import { defineProperty, getOwnPropertySymbols } from './builtIns';

type Named = (handle: object, name: string) => void;

let isHooked = false;

/**
 * A BroadcastChannel keeps its port under a symbol that only an instance shows. Called while the first one is made:
 * makes another for a moment to learn the symbol, and from then on sees each channel receive its port.
 */
export function hookBroadcastNames(named: Named): void {
  if (isHooked) return;
  isHooked = true;
  const sample = new BroadcastChannel('');
  const symbol = getOwnPropertySymbols(sample).find(({ description }) => description === 'kHandle');
  sample.close();
  if (symbol === undefined) return;
  defineProperty(BroadcastChannel.prototype, symbol, {
    configurable: true,
    enumerable: false,
    get: () => undefined,
    set(this: { readonly name: string }, value: unknown) {
      defineProperty(this, symbol, { configurable: true, enumerable: true, writable: true, value });
      if (typeof value === 'object' && value !== null) named(value, this.name);
    },
  });
}
