import { basename } from 'node:path';
import { l10n, window, workspace, type QuickPickItem, type Uri } from 'vscode';
import { err, ok, type Result } from '../base/result';
import { problems, type Problem } from '../panel/problems';
import { isScript } from '../run/program';
import { exampleItems, type ExampleItem } from './examples';

/** What the user wants to run; null when they changed their mind. */
export type Choice =
  { readonly kind: 'script'; readonly script: Uri } | { readonly kind: 'example'; readonly example: string };

/** A script that was named outright: by a menu, or by the editor that is active. An untitled one is saved first. */
export async function scriptAt(uri: Uri): Promise<Result<Choice | null, Problem>> {
  const saved = uri.scheme === 'untitled' ? await workspace.save(uri) : uri;
  if (saved === undefined) return ok(null);
  const name = basename(saved.path);
  if (saved.scheme !== 'file') return err(problems.notOnDisk(name));
  return isScript(saved.fsPath) ? ok({ kind: 'script', script: saved }) : err(problems.notAScript(name));
}

/** With no script open: one from the disk, or an example. */
export async function chooseScriptOrExample(): Promise<Choice | null> {
  const browse: QuickPickItem = {
    label: l10n.t('Choose a Script…'),
    detail: l10n.t('A .js, .mjs, .cjs, .ts, .mts or .cts file'),
  };
  const picked = await window.showQuickPick<QuickPickItem | ExampleItem>([browse, ...exampleItems()], {
    title: l10n.t('Visualize Concurrency'),
    placeHolder: l10n.t('No script is open. What do you want to run?'),
  });
  if (picked === undefined) return null;
  return 'example' in picked ? { kind: 'example', example: picked.example } : chooseScript();
}

export async function chooseScript(): Promise<Choice | null> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const picked = await window.showOpenDialog({
    title: l10n.t('Choose a Script to Visualize'),
    openLabel: l10n.t('Visualize'),
    filters: { [l10n.t('JavaScript and TypeScript')]: ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'] },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  const [script] = picked ?? [];
  return script === undefined ? null : { kind: 'script', script };
}

export async function chooseExample(): Promise<Choice | null> {
  const picked = await window.showQuickPick(exampleItems(), {
    title: l10n.t('Concurrency Examples'),
    placeHolder: l10n.t('The example opens as a file of your own that you can change'),
  });
  return picked === undefined ? null : { kind: 'example', example: picked.example };
}
