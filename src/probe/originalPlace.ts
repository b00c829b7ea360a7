import type * as nodeFs from 'node:fs';
import type * as nodeModule from 'node:module';
import type * as nodeUrl from 'node:url';
import { apply, getOwnPropertyDescriptor } from './builtIns';
import { quietly } from './guard';

type Prepare = (error: object, sites: readonly NodeJS.CallSite[]) => unknown;
type NodesMap = nodeModule.SourceMap;

/* eslint-disable @typescript-eslint/no-require-imports -- as in linux.ts */
const { readFileSync, statSync } = require('node:fs') as typeof nodeFs;
const { findSourceMap } = require('node:module') as typeof nodeModule;
/* eslint-enable @typescript-eslint/no-require-imports */
const { toString } = Function.prototype;

/** What formats the program's stacks. */
export const prepareStackTrace = (): unknown => getOwnPropertyDescriptor(Error, 'prepareStackTrace')?.value;
/** Since v20 there is one from the start. */
export const nodesPrepare = prepareStackTrace();

/** Bounds what a program that makes up names for its scripts can make us keep. */
const MAX_KEPT = 1000;
const MAX_SCRIPT_BYTES = 2 ** 25;

const places = new Map<string, string>();
/** By script: undefined where its places are left as they are. */
const maps = new Map<string, NodesMap | null | undefined>();

/**
 * `file:line:column` of a call. Of code that was transformed while it was loaded (tsx, ts-node, vite), it is the place
 * in the file on disk: nobody else can find that out, because the code that ran was never written anywhere. Bundles
 * with a map on disk are left to whoever reads the recording: it costs time, and here it would be the program's.
 */
export function placeOf(site: NodeJS.CallSite, file: string): string {
  const place = `${toPath(file)}:${site.getLineNumber() ?? 0}:${site.getColumnNumber() ?? 0}`;
  const prepare = prepareStackTrace();
  const isMapped = (process as { sourceMapsEnabled?: boolean }).sourceMapsEnabled === true;
  if (!isMapped && (prepare === nodesPrepare || typeof prepare !== 'function')) return place;
  let original = places.get(place);
  if (original === undefined) {
    original = quietly(() => originalOf(site, file, prepare as Prepare)) ?? place;
    if (places.size > MAX_KEPT) places.clear();
    places.set(place, original);
  }
  return original;
}

function originalOf(site: NodeJS.CallSite, file: string, prepare: Prepare): string | undefined {
  if (!maps.has(file)) {
    if (maps.size > MAX_KEPT) maps.clear();
    maps.set(file, isTransformed(toPath(file)) ? (findSourceMap(file) ?? null) : undefined);
  }
  const map = maps.get(file);
  if (map === undefined) return;
  if (map === null) return byProgram(site, prepare);
  const { originalSource, originalLine, originalColumn } = map.findEntry(
    (site.getLineNumber() ?? 1) - 1,
    (site.getColumnNumber() ?? 1) - 1,
  ) as nodeModule.SourceMapping;
  // Nothing is found by way of an empty object.
  return originalSource && `${toPath(originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
}

/** A file that names its map has run as it is on disk. Pipes and devices are not read: a script may have any name. */
function isTransformed(path: string): boolean {
  if (/\.[cm]?tsx?$/.test(path)) return true;
  const stat = statSync(path);
  return (
    stat.isFile() &&
    stat.size < MAX_SCRIPT_BYTES &&
    !readFileSync(path, 'latin1').includes('sourceMappingURL=')
  );
}

/**
 * By source-map-support, which is known to have no effect but a fuller cache of its own. There are many copies of it
 * (ts-node's, vite's, bundled ones); all have this function. Whatever else formats stacks is not asked.
 */
function byProgram(site: NodeJS.CallSite, prepare: Prepare): string | undefined {
  if (typeof prepare !== 'function' || !apply(toString, prepare, []).includes('wrapCallSite(')) return;
  const found = / {4}at (?:[^(]* \((.+:\d+:\d+)\)|(.+:\d+:\d+))$/.exec(String(prepare({}, [site])));
  const place = found?.[1] ?? found?.[2];
  return place && toPath(place);
}

function toPath(file: string): string {
  if (!file.startsWith('file:')) return file;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only programs made of ES modules need it
  return (require('node:url') as typeof nodeUrl).fileURLToPath(file);
}
