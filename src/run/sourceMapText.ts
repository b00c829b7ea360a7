import {
  FlattenMap,
  type SectionedSourceMap,
  type SourceMapV3,
  type TraceMap,
} from '@jridgewell/trace-mapping';
import { err, ok, type Result } from '../base/result';
import { sourceMapProblems } from './sourceMapProblems';

/** Of mappings and lines together: decoded, each takes up to 100 bytes. */
const MAX_MAPPINGS = 4_000_000;
const MAX_LINES = 2_000_000;
const MAX_SECTIONS = 100_000;

type Json = Readonly<Record<string, unknown>>;
type PlainMap = SourceMapV3 & { readonly mappings: string };
/** What went wrong, in a few words. */
class Damage extends Error {}

/**
 * Reads a source map, whatever it holds: also one of sections. Its sources are as it names them, behind its
 * sourceRoot. Fails with a sentence for the user. Decoding, at first use, takes some 200 ms for a million mappings.
 */
export function parseSourceMap(text: string): Result<TraceMap> {
  try {
    // Some servers put this before it, against being run as a script.
    const value: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
    const map = checked(value);
    if (mappingsOf(map) > MAX_MAPPINGS) return err(sourceMapProblems.tooLarge());
    return ok(new FlattenMap(map));
  } catch (error) {
    return err(sourceMapProblems.damaged(error instanceof Damage ? error.message : 'it is not a JSON text'));
  }
}

function checked(value: unknown): PlainMap | SectionedSourceMap {
  const map = objectOf(value, 'it is no object');
  if (map['version'] !== 3) throw new Damage('it is not of version 3');
  if (map['sections'] === undefined) return plainMap(map);
  const sections = arrayOf(map['sections'], 'sections');
  if (sections.length > MAX_SECTIONS) throw new Damage('it has too many sections');
  return { version: 3, sections: sections.map(section) };
}

function section(value: unknown): SectionedSourceMap['sections'][number] {
  const { offset, map } = objectOf(value, 'a section is no object');
  const { line, column } = objectOf(offset, 'a section has no offset');
  if (!isCount(line) || !isCount(column) || line > MAX_LINES)
    throw new Damage('a section has a wrong offset');
  return { offset: { line, column }, map: plainMap(objectOf(map, 'a section has no map')) };
}

function plainMap({ sourceRoot, sources, sourcesContent, mappings }: Json): PlainMap {
  if (typeof mappings !== 'string') throw new Damage('it has no mappings');
  return {
    version: 3,
    names: [],
    ...(typeof sourceRoot === 'string' ? { sourceRoot } : {}),
    sources: arrayOf(sources, 'sources').map((source) => (typeof source === 'string' ? source : null)),
    // Only whether there is a text matters, and all of them together may be large.
    sourcesContent: Array.isArray(sourcesContent)
      ? sourcesContent.map((content) => (typeof content === 'string' ? '' : null))
      : [],
    mappings,
  };
}

function mappingsOf(map: PlainMap | SectionedSourceMap): number {
  const texts =
    'sections' in map ? map.sections.map(({ map: part }) => (part as PlainMap).mappings) : [map.mappings];
  return texts.reduce((sum, text) => sum + countMappings(text), 0);
}

function countMappings(mappings: string): number {
  let count = 1;
  for (let at = 0; at < mappings.length; at++) {
    const code = mappings.charCodeAt(at);
    // A comma or a semicolon.
    if (code === 0x2c || code === 0x3b) count++;
  }
  return count;
}

function objectOf(value: unknown, otherwise: string): Json {
  if (typeof value !== 'object' || value === null) throw new Damage(otherwise);
  return value as Json;
}

function arrayOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Damage(`it has no ${name}`);
  return value;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
