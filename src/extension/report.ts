import { commands, l10n, window } from 'vscode';
import type { Problem, Remedy } from '../panel/problems';
import { settingKeys, settingsSection } from './contributionIds';

/** What the buttons do that lead back to our own commands. */
export interface OwnRemedies {
  chooseScript(): Promise<void>;
  openExample(): Promise<void>;
}

/** Tells the user about a problem, with a button for each way out of it. */
export async function report({ message, remedies }: Problem, own: OwnRemedies): Promise<void> {
  const buttons = remedies.map((remedy) => ({ remedy, title: titleOf(remedy) }));
  const pressed = await window.showErrorMessage(message, ...buttons);
  if (pressed !== undefined) await apply(pressed.remedy, own);
}

function titleOf(remedy: Remedy): string {
  switch (remedy) {
    case 'nodePathSetting':
      return l10n.t('Set Path of Node.js');
    case 'cwdSetting':
      return l10n.t('Open Setting');
    case 'chooseScript':
      return l10n.t('Choose a Script…');
    case 'openExample':
      return l10n.t('Open an Example…');
    case 'manageTrust':
      return l10n.t('Manage Workspace Trust');
  }
}

async function apply(remedy: Remedy, own: OwnRemedies): Promise<void> {
  switch (remedy) {
    case 'nodePathSetting':
      return openSetting(settingKeys.nodePath);
    case 'cwdSetting':
      return openSetting(settingKeys.cwd);
    case 'chooseScript':
      return own.chooseScript();
    case 'openExample':
      return own.openExample();
    case 'manageTrust':
      await commands.executeCommand('workbench.trust.manage');
  }
}

async function openSetting(key: string): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', `${settingsSection}.${key}`);
}
