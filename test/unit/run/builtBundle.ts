/** Real bundles with real source maps, made by esbuild. */
import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { SourceMaps, type Located } from '../../../src/run/sourceMaps';

export const source = `
type Unused = { readonly a: number };

interface Also {
  readonly b: Unused;
}

export function first(x: number): number {
  return Math.abs(x); // here: first
}

export const second = (also: Also): number => first(also.b.a) + Math.cbrt(7); // here: second
console.log(first(1), second({ b: { a: 2 } }));
`;

export interface Built {
  readonly script: string;
  readonly original: string;
}

/** A real bundle in a folder of its own, src/ and dist/ beside one another. */
export function build(folder: string, options: BuildOptions = {}, text = source): Built {
  const root = mkdtempSync(path.join(folder, 'program '));
  const original = path.join(root, 'src', 'my program.ts');
  const script = path.join(root, 'dist', 'out.js');
  mkdirSync(path.dirname(original), { recursive: true });
  writeFileSync(original, text);
  buildSync({
    entryPoints: [original],
    outfile: script,
    bundle: true,
    platform: 'node',
    sourcemap: 'linked',
    absWorkingDir: root,
    ...options,
  });
  return { script, original };
}

/** Where `text` stands in a file, as V8 says it. */
export function placeOf(file: string, text: string): string {
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((each) => each.includes(text));
  assert.ok(line >= 0, `${text} is in ${file}`);
  return `${file}:${line + 1}:${(lines[line] ?? '').indexOf(text) + 1}`;
}

export function locate(location: string): Located {
  return new SourceMaps().locate(location);
}

export function editMap(script: string, edit: (map: Record<string, unknown>) => unknown): void {
  const file = `${script}.map`;
  writeFileSync(
    file,
    JSON.stringify(edit(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)),
  );
}

export function replaceComment(script: string, comment: string): void {
  writeFileSync(script, readFileSync(script, 'utf8').replace(/\/\/# sourceMappingURL=.*\n$/, comment));
}
