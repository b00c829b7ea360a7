import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const projectRoot = join(__dirname, '..', '..', '..');

const shared = [
  'package.json',
  'tsconfig.json',
  'src/tsconfig.pure.json',
  'src/tsconfig.node.json',
  'src/tsconfig.vscode.json',
  'webview/tsconfig.json',
];

/** File paths, from the root, and their texts. */
export type Files = Readonly<Record<string, string>>;

/** A project of its own with our configuration and the given files, in a temporary folder. */
export function plant(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'cviz-nets-'));
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const file of shared) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(join(projectRoot, file), join(root, file));
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

export interface Verdict {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs one of the scripts of .ci on a planted project. */
export function check(script: string, root: string): Verdict {
  const result = spawnSync(process.execPath, [join(projectRoot, '.ci', script), '--root', root], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { ok: result.status === 0, output: result.stdout + result.stderr };
}
