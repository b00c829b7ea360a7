import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** One of Node's own test files. */
export interface TestFile {
  /** As in the list files: `parallel/test-x.js`. */
  readonly name: string;
  readonly path: string;
  /** Must not run beside others. */
  readonly alone: boolean;
  /** Node's arguments before the file, from its `// Flags:` line. */
  readonly flags: readonly string[];
  /** Variables from its `// Env:` line. */
  readonly env: Readonly<Record<string, string>>;
}

/** Everything that starts, ends or joins threads and processes. */
export const defaultPattern =
  '^test-(worker|child-process|cluster|atomics|broadcastchannel|messageport|messagechannel|messageevent|message-' +
  '|structuredclone|process-kill|process-exit|uncaught|ipc|diagnostics-channel-(worker|child|process))';

/** The files of a `test` folder whose base name matches, in a stable order. */
export function findTestFiles(testFolder: string, pattern: string): TestFile[] {
  const wanted = new RegExp(pattern, 'i');
  return ['parallel', 'sequential'].flatMap((suite) =>
    readdirSync(path.join(testFolder, suite))
      .filter((file) => /^test-.*\.m?js$/.test(file) && wanted.test(file))
      .sort()
      .map((file) => testFile(testFolder, `${suite}/${file}`)),
  );
}

/** Reads what a file asks for in its first comment lines, as Node's tools/test.py does. */
export function testFile(testFolder: string, name: string): TestFile {
  const file = path.join(testFolder, name);
  const source = readFileSync(file, 'utf8');
  return {
    name,
    path: file,
    alone: name.startsWith('sequential/'),
    flags: wordsOf(source, 'Flags'),
    env: Object.fromEntries(
      wordsOf(source, 'Env').map((word) => {
        const [key = '', ...value] = word.split('=');
        return [key, value.join('=')] as const;
      }),
    ),
  };
}

function wordsOf(source: string, title: string): string[] {
  const line = new RegExp(`^// ${title}:(.*)$`, 'm').exec(source)?.[1]?.trim();
  return line === undefined || line === '' ? [] : line.split(/\s+/);
}

/** The non-empty lines of a list file that are no comments. */
export function listLines(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
