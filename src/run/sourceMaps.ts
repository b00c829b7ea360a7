/**
 * From lines of generated code (bundles, compiled TypeScript) to the lines that somebody wrote. In this room because
 * it reads files, and both the panel and cviz need it; it knows neither of them.
 */
import path from 'node:path';
import {
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type TraceMap,
} from '@jridgewell/trace-mapping';
import { err, ok, type Result } from '../base/result';
import { fileVersion, readRegularFile } from './regularFile';
import { parseSourceLocation, type SourceLocation } from './sourceLocation';
import { sourceMapProblems } from './sourceMapProblems';
import { parseSourceMap } from './sourceMapText';
import { findSourceMappingUrl } from './sourceMappingUrl';
import { relativePaths, sourcePath } from './sourcePath';

export interface Located {
  /** `file:line:column` as somebody wrote it; null when nothing is known of it. */
  readonly original: string | null;
  /** The original is a file on this machine. */
  readonly canOpen: boolean;
  /** Why there is no original, or why it cannot be opened; a sentence. Null also when there is no source map. */
  readonly problem: string | null;
}

interface LoadedMap {
  readonly map: TraceMap;
  /** The map's own; that of the script for a map inside it. */
  readonly folder: string;
}

interface CachedScript {
  /** Of the script and its map, when they were read. */
  readonly version: string;
  /** A file of its own. */
  readonly mapPath: string | null;
  /** Null when the script names no map. */
  readonly loaded: Result<LoadedMap> | null;
  /** Of the map's text. */
  readonly bytes: number;
}

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_SCRIPTS = 500;
/** Maps kept decoded, by the length of their texts. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
/** A decoded map may be large, and most are asked for in one go. */
const FORGET_AFTER_MS = 60_000;
/** A bundle of compiled files, each with a map of its own. */
const MAX_STEPS = 4;

const unknown: Located = { original: null, canOpen: false, problem: null };

/** Finds originals by the source maps on this disk. Reads no more than it must, and again what has changed. */
export class SourceMaps {
  /** What was asked for last is last. */
  private readonly scripts = new Map<string, CachedScript>();
  private keptBytes = 0;
  private forgetting: NodeJS.Timeout | null = null;

  /** `location` is `file:line:column` or `file:line` as the probe reports it. Reads files, never the network. */
  locate(location: string): Located {
    let found = this.step(location);
    for (let steps = 1; steps < MAX_STEPS && found.canOpen && found.original !== null; steps++) {
      const next = this.step(found.original);
      if (next.original === null) break;
      found = next;
    }
    return found;
  }

  private step(location: string): Located {
    const place = parseSourceLocation(location);
    // TypeScript is what somebody wrote: Node and all loaders give lines of the file itself, or the probe has done so.
    if (place === null || /\.[cm]?tsx?$/.test(place.path)) return unknown;
    const loaded = this.script(place.path)?.loaded ?? null;
    if (loaded === null) return unknown;
    if (!loaded.ok) return { ...unknown, problem: loaded.error };
    try {
      return originalOf(loaded.value, place);
    } catch {
      // Mappings are decoded when they are first needed.
      return { ...unknown, problem: sourceMapProblems.damaged('its mappings cannot be decoded') };
    }
  }

  private script(script: string): CachedScript | null {
    const known = this.scripts.get(script);
    const version = versionOf(script, known?.mapPath ?? null);
    if (version === null) return null;
    this.forget(script);
    let cached = known;
    if (cached?.version !== version) {
      const read = readScript(script);
      cached = { ...read, version: versionOf(script, read.mapPath) ?? '' };
    }
    this.keep(script, cached);
    return cached;
  }

  private keep(script: string, cached: CachedScript): void {
    this.scripts.set(script, cached);
    this.keptBytes += cached.bytes;
    for (const oldest of this.scripts.keys()) {
      if (oldest === script || (this.keptBytes <= MAX_KEPT_BYTES && this.scripts.size <= MAX_SCRIPTS)) break;
      this.forget(oldest);
    }
    this.forgetting ??= setTimeout(() => {
      this.forgetting = null;
      this.scripts.clear();
      this.keptBytes = 0;
    }, FORGET_AFTER_MS).unref();
  }

  private forget(script: string): void {
    this.keptBytes -= this.scripts.get(script)?.bytes ?? 0;
    this.scripts.delete(script);
  }
}

/** Null when the script is not there. A map that is older than its script is used all the same: it is all there is. */
function versionOf(script: string, mapPath: string | null): string | null {
  const own = fileVersion(script);
  if (own === null) return null;
  const map = mapPath === null ? null : fileVersion(mapPath);
  return [own.mtimeMs, own.size, map?.mtimeMs, map?.size].join();
}

function readScript(script: string): Omit<CachedScript, 'version'> {
  const bytes = readRegularFile(script, MAX_FILE_BYTES);
  const url = bytes === null ? null : findSourceMappingUrl(bytes);
  if (url === null) return { mapPath: null, loaded: null, bytes: 0 };
  const folder = path.dirname(script);
  if (/^data:/i.test(url)) return loadText(dataUrlText(url), null, folder);
  if (/^[a-z][\w+.-]+:/i.test(url) && !/^file:/i.test(url))
    return { mapPath: null, loaded: err(sourceMapProblems.remote(url)), bytes: 0 };
  const paths = relativePaths(url, folder);
  const mapPath = paths.find((candidate) => fileVersion(candidate) !== null) ?? paths[0] ?? null;
  if (mapPath === null || fileVersion(mapPath) === null)
    return { mapPath, loaded: err(sourceMapProblems.missing(mapPath ?? url)), bytes: 0 };
  const text = readRegularFile(mapPath, MAX_FILE_BYTES)?.toString('utf8');
  if (text === undefined) return { mapPath, loaded: err(sourceMapProblems.unreadable(mapPath)), bytes: 0 };
  return loadText(ok(text), mapPath, path.dirname(mapPath));
}

function loadText(
  text: Result<string>,
  mapPath: string | null,
  folder: string,
): Omit<CachedScript, 'version'> {
  const map = text.ok ? parseSourceMap(text.value) : text;
  if (!map.ok) return { mapPath, loaded: map, bytes: 0 };
  return { mapPath, loaded: ok({ map: map.value, folder }), bytes: text.ok ? text.value.length : 0 };
}

/** `data:application/json;charset=utf-8;base64,…`, or with percent signs. */
function dataUrlText(url: string): Result<string> {
  const [, type = '', data = ''] = /^data:([^,]*),(.*)$/is.exec(url) ?? [];
  if (/;base64$/i.test(type)) return ok(Buffer.from(data, 'base64').toString('utf8'));
  try {
    return ok(decodeURIComponent(data));
  } catch {
    return err(sourceMapProblems.damaged('its data URL is not written as one'));
  }
}

function originalOf({ map, folder }: LoadedMap, { line, column }: SourceLocation): Located {
  // Of a line without a column, what it begins with.
  const bias = column === null ? LEAST_UPPER_BOUND : GREATEST_LOWER_BOUND;
  const found = originalPositionFor(map, { line: line + 1, column: column ?? 0, bias });
  // Damaged mappings may name sources that there are not.
  if (!found.source || !(found.line >= 1) || !(found.column >= 0)) return unknown;
  const { path: file, exists } = sourcePath(found.source, folder);
  const original = `${file}:${found.line}:${found.column + 1}`;
  if (exists) return { original, canOpen: true, problem: null };
  const hasContent = map.sourcesContent?.[map.resolvedSources.indexOf(found.source)] != null;
  return { original, canOpen: false, problem: sourceMapProblems.missingOriginal(file, hasContent) };
}
