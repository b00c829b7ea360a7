import { isAbsolute } from 'node:path';

export interface SourceLocation {
  /** An absolute path. */
  readonly path: string;
  /** From 0, as the editor counts. */
  readonly line: number;
  /** From 0; null when only the line is known. */
  readonly column: number | null;
}

/**
 * Reads `file:line:column` or `file:line` (counted from 1). Answers null for whatever is not an absolute path: the text
 * comes from a program's stack by way of a webview, so a URI or a relative path must not reach the editor.
 */
export function parseSourceLocation(text: string): SourceLocation | null {
  const match = /^(.+?):(\d{1,9})(?::(\d{1,9}))?$/s.exec(text);
  const path = match?.[1];
  if (path === undefined || path.includes('\0') || !isAbsolute(path)) return null;
  const column = match?.[3];
  return { path, line: fromOne(match?.[2]), column: column === undefined ? null : fromOne(column) };
}

function fromOne(text: string | undefined): number {
  return text === undefined ? 0 : Math.max(0, Number(text) - 1);
}
