import { isAbsolute, dirname, resolve } from 'node:path';
import { workspace, type Uri, type WorkspaceFolder } from 'vscode';
import { settingKeys, settingsSection } from './contributionIds';
import { expandVariables, stringMap, stringList } from './settingValues';

/** How scripts of a folder are to be run. */
export interface RunSettings {
  /** An executable, or null for `node` on PATH. */
  readonly nodePath: string | null;
  readonly nodeArgs: readonly string[];
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Reads the settings that apply to a script: those of its workspace folder, when it is in one. */
export function settingsFor(script: Uri, folder: WorkspaceFolder | undefined): RunSettings {
  const configuration = workspace.getConfiguration(settingsSection, script);
  const scriptFolder = dirname(script.fsPath);
  const base = folder?.uri.fsPath ?? scriptFolder;
  const expand = (text: string): string =>
    expandVariables(text, { workspaceFolder: base, fileDirname: scriptFolder, file: script.fsPath });
  const node = expand(configuration.get<string>(settingKeys.nodePath, '').trim());
  const cwd = expand(configuration.get<string>(settingKeys.cwd, '').trim());
  return {
    // A bare name is looked up on PATH; anything with a folder in it is meant from where the user looks at it.
    nodePath: node === '' ? null : isAbsolute(node) || !/[/\\]/.test(node) ? node : resolve(base, node),
    nodeArgs: stringList(configuration.get(settingKeys.nodeArgs)),
    args: stringList(configuration.get(settingKeys.args)).map(expand),
    cwd: resolve(base, cwd),
    env: stringMap(configuration.get(settingKeys.env)),
  };
}

/**
 * What NODE_OPTIONS a program in a terminal would get, before our own settings: a task's variable replaces it, so ours
 * has to carry it along.
 */
export function terminalNodeOptions(): string | undefined {
  const platforms: Partial<Record<NodeJS.Platform, string>> = { darwin: 'osx', win32: 'windows' };
  const platform = platforms[process.platform] ?? 'linux';
  const set = stringMap(workspace.getConfiguration('terminal.integrated.env').get(platform));
  // On macOS VS Code itself puts the user's variable aside under the second name.
  return set['NODE_OPTIONS'] ?? process.env['NODE_OPTIONS'] ?? process.env['VSCODE_NODE_OPTIONS'];
}
