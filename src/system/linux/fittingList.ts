import { MAX_STRING_BYTES } from '../../trace/format';

const LONGEST_NAME = 200;

/** As many of the first items as fit into one string of a record, as a JSON array. Long names are cut. */
export function fittingList(items: readonly (readonly [number, string, string])[]): string {
  const parts: string[] = [];
  let bytes = 2;
  for (const [number, kind, name] of items) {
    const isLong = name.length > LONGEST_NAME;
    const part = JSON.stringify([number, kind, isLong ? `${name.slice(0, LONGEST_NAME - 1)}…` : name]);
    bytes += Buffer.byteLength(part) + 1;
    if (bytes > MAX_STRING_BYTES) break;
    parts.push(part);
  }
  return `[${parts.join(',')}]`;
}
