import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileVersion } from './regularFile';

export interface SourcePath {
  /** A path; or, of what is nowhere to be found, the name that the map gives it. */
  readonly path: string;
  readonly exists: boolean;
}

/** How far above the map a project's folder is looked for. */
const MAX_LEVELS = 12;

/** Where the file is that a source map calls `source`. `folder` is the map's own: names are relative to it. */
export function sourcePath(source: string, folder: string): SourcePath {
  const candidates = candidatesOf(source, folder);
  const found = candidates.find((candidate) => fileVersion(candidate) !== null);
  if (found !== undefined) return { path: found, exists: true };
  return { path: isUrl(source) ? source : (candidates[0] ?? source), exists: false };
}

/** A path of a map or of its source: relative ones may be written as in a URL, `my%20file.js`, or as they are. */
export function relativePaths(name: string, folder: string): string[] {
  if (name.startsWith('file:')) return fromFileUrl(name);
  const plain = path.resolve(folder, name);
  return name.includes('%')
    ? [plain, ...attempt(() => path.resolve(folder, decodeURIComponent(name)))]
    : [plain];
}

function candidatesOf(source: string, folder: string): string[] {
  if (!isUrl(source) || source.startsWith('file:')) return relativePaths(source, folder);
  // `webpack://name/src/a.ts?1a2b`: relative to a project's folder that the map does not tell.
  const name = source.replace(/^[^/]*:\/\/[^/]*\/+/, '').replace(/\?\w*$/, '');
  return foldersAbove(folder).flatMap((above) => relativePaths(name, above));
}

function foldersAbove(folder: string): string[] {
  const folders: string[] = [];
  for (let at = folder; folders.length < MAX_LEVELS; at = path.dirname(at)) {
    folders.push(at);
    if (path.dirname(at) === at) break;
  }
  return folders;
}

/** Not `C:\a.ts`. */
function isUrl(source: string): boolean {
  return /^[a-z][\w+.-]+:/i.test(source);
}

function fromFileUrl(url: string): string[] {
  return attempt(() => fileURLToPath(url));
}

function attempt(action: () => string): string[] {
  try {
    return [action()].filter((candidate) => !candidate.includes('\0'));
  } catch {
    return [];
  }
}
