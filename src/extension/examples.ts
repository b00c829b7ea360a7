import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Uri, l10n, type ExtensionContext, type QuickPickItem } from 'vscode';
import { err, ok, type Result } from '../base/result';
import { problems, type Problem } from '../panel/problems';

export interface ExampleItem extends QuickPickItem {
  readonly example: string;
}

export function exampleItems(): ExampleItem[] {
  return [
    {
      example: 'processes',
      label: l10n.t('Example: Processes'),
      detail: l10n.t('Two child processes, each with a memory of its own'),
    },
    {
      example: 'threads',
      label: l10n.t('Example: Threads'),
      detail: l10n.t('A worker thread that exchanges messages with the main thread'),
    },
    {
      example: 'mix',
      label: l10n.t('Example: Processes and Threads'),
      detail: l10n.t('A busy thread, a shared buffer and a child process'),
    },
    {
      example: 'pool',
      label: l10n.t('Example: Worker Pool'),
      detail: l10n.t('Three workers that share out tasks, and get in the way of one another'),
    },
    {
      example: 'states',
      label: l10n.t('Example: States'),
      detail: l10n.t('What makes a thread Running, Ready, Waiting or Blocked'),
    },
  ];
}

/**
 * The user's own copy of a bundled example, made on first use, so that it can be edited. A newer version of the product
 * replaces it, but never what the user has changed.
 */
export async function copyExample(example: string, context: ExtensionContext): Promise<Result<Uri, Problem>> {
  const name = `${example}.js`;
  const folder = join(context.globalStorageUri.fsPath, 'examples');
  const copy = join(folder, name);
  const stateKey = `example.${example}`;
  try {
    const original = await readFile(join(context.extensionPath, 'media', 'examples', name));
    const present = await readFile(copy).catch(() => null);
    const isOurs = present === null || hash(present) === context.globalState.get(stateKey);
    if (isOurs && present?.equals(original) !== true) {
      await mkdir(folder, { recursive: true });
      await writeFile(copy, original);
      await context.globalState.update(stateKey, hash(original));
    }
    return ok(Uri.file(copy));
  } catch (error) {
    return err(problems.exampleNotCopied(error instanceof Error ? error.message : String(error)));
  }
}

function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
