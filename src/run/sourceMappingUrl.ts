const NAME = 'sourceMappingURL=';
/** What may stand between the comment and the end of the file: other comments, such as a debug id. */
const MAX_REST = 4096;

/**
 * What the comment at the end of a generated file says of its source map: a path, a URL, or the map itself as a data
 * URL. The last one counts, and only at the end: the same words may stand in a string of the program. Pure.
 */
export function findSourceMappingUrl(script: Uint8Array): string | null {
  const bytes = Buffer.from(script.buffer, script.byteOffset, script.byteLength);
  const at = bytes.lastIndexOf(NAME);
  if (at < 0) return null;
  const opening = /\/([/*])[#@]\s*$/.exec(bytes.toString('latin1', Math.max(0, at - 16), at))?.[1];
  if (opening === undefined) return null;
  const [, url = '', rest = ''] = /^([^\s'"`]*)(.*)$/s.exec(bytes.toString('utf8', at + NAME.length)) ?? [];
  // A block comment may close without a space.
  const isBlock = opening === '*';
  if (!isAtEnd(isBlock ? rest.replace(/^\s*\*\//, '') : rest)) return null;
  const trimmed = isBlock ? url.replace(/\*\/$/, '') : url;
  return trimmed === '' ? null : trimmed;
}

function isAtEnd(rest: string): boolean {
  if (rest.length > MAX_REST) return false;
  return rest.split('\n').every((line, index) => line.trim() === '' || (index > 0 && /^\s*\/\//.test(line)));
}
