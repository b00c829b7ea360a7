import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from './server';

export type Settings = Readonly<Record<string, unknown>>;

/** What makes two runs, and two people's screenshots, look the same: no network, no hints, no blinking. */
const quietSettings: Settings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.welcomePage.experimentalOnboarding': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'window.commandCenter': false,
  'window.autoDetectHighContrast': false,
  'window.autoDetectColorScheme': false,
  'window.confirmBeforeClose': 'never',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'chat.agent.enabled': false,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'npm.autoDetect': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'security.workspace.trust.enabled': false,
  'files.autoSave': 'off',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'terminal.integrated.enablePersistentSessions': false,
  'terminal.integrated.cursorBlinking': false,
  // Without a GPU its glyphs arrive late, half a line at a time.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.showExitAlert': false,
  'terminal.integrated.shellIntegration.showWelcome': false,
  'terminal.integrated.initialHint': false,
  'debug.showInStatusBar': 'never',
};

export const defaultTheme = 'Default Dark Modern';

/** Writes what the windows that open from now on start with. All windows of one server share it. */
export async function writeInitialSettings(server: Server, settings: Settings): Promise<void> {
  await replaceFile(server.userSettingsFile, { ...quietSettings, ...settings });
  await replaceFile(server.machineSettingsFile, {});
}

/**
 * Lays settings over those the open windows have; windows notice within half a second. They go to the machine's
 * settings, because VS Code 1.100's server build does not see its user settings file change. (So settings of
 * application scope, such as telemetry's, cannot be changed this way.)
 */
export async function overlaySettings(server: Server, settings: Settings): Promise<void> {
  await replaceFile(server.machineSettingsFile, settings);
}

/** Renamed into place: VS Code may read at any moment and would complain about half a file. */
async function replaceFile(path: string, settings: Settings): Promise<void> {
  await writeFile(`${path}.partial`, JSON.stringify(settings, null, 2));
  await rename(`${path}.partial`, path);
}

/** One of VS Code's own themes, as this version names it and as its workbench element shows it. */
export interface Theme {
  readonly id: string;
  /** Class names of `.monaco-workbench` while the theme is on. */
  readonly classNames: readonly string[];
}

/**
 * Finds one of VS Code's own themes by name, e.g. "Default Dark Modern", "Default High Contrast Light". Versions past
 * 1.100 drop the "Default " of some; both spellings are taken.
 * @throws Error listing the themes there are
 */
export async function findTheme(server: Server, name: string): Promise<Theme> {
  const manifest = await readFile(
    join(server.install.root, 'extensions', 'theme-defaults', 'package.json'),
    'utf8',
  );
  const { contributes } = JSON.parse(manifest) as {
    contributes: { themes: { id: string; uiTheme: string; path: string }[] };
  };
  const plain = (text: string): string => text.replace(/^Default /, '');
  const { themes } = contributes;
  const found = themes.find(({ id }) => id === name) ?? themes.find(({ id }) => plain(id) === plain(name));
  if (found === undefined) {
    throw new Error(`VS Code has no theme "${name}", only ${themes.map(({ id }) => id).join(', ')}.`);
  }
  // As VS Code's ColorThemeData makes it: extension id and path, whatever CSS cannot have replaced by a hyphen.
  const file = found.path.replace(/^\.\//, '').replace(/[^_a-zA-Z0-9-]/g, '-');
  return { id: found.id, classNames: [found.uiTheme, `vscode-theme-defaults-${file}`] };
}
