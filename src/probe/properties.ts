import { getOwnPropertyDescriptor, getOwnPropertySymbols, getPrototypeOf, isProxy } from './builtIns';

/** What an object of Node's keeps under a symbol of this name. */
export function bySymbol(object: object, name: string): unknown {
  const symbols = getOwnPropertySymbols(object);
  for (let index = 0; index < symbols.length; index++) {
    const symbol = symbols[index] as symbol;
    if (symbol.description === name) return (object as Record<symbol, unknown>)[symbol];
  }
  return undefined;
}

/** The value of a property, own or inherited, without calling anything of the program's: undefined for an accessor. */
export function dataProperty(object: unknown, name: string): unknown {
  let at: unknown = object;
  for (let depth = 0; depth < MAX_DEPTH && typeof at === 'object' && at !== null; depth++) {
    if (isProxy(at)) return undefined;
    const own = getOwnPropertyDescriptor(at, name);
    if (own !== undefined) return own.value;
    at = getPrototypeOf(at) as unknown;
  }
  return undefined;
}

const MAX_DEPTH = 8;
