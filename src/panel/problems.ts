/**
 * Everything that can go wrong on the user's side, in the user's words: what happened, and what to do about it.
 * Sentences made where there is no editor (the run's) arrive ready-made and are wrapped by `fromRun`.
 */
import { l10n } from 'vscode';

/** What a button under the message leads to. */
export type Remedy = 'nodePathSetting' | 'cwdSetting' | 'chooseScript' | 'openExample' | 'manageTrust';

export interface Problem {
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

function problem(message: string, ...remedies: Remedy[]): Problem {
  return { message, remedies };
}

export const problems = {
  notAScript: (name: string): Problem =>
    problem(
      l10n.t(
        '{0} is not a script that Node.js can run. Choose a .js, .mjs, .cjs, .ts, .mts or .cts file, or try an example.',
        name,
      ),
      'chooseScript',
      'openExample',
    ),
  notOnDisk: (name: string): Problem =>
    problem(
      l10n.t('{0} is not a file on this machine, so Node.js cannot run it. Choose a script that is.', name),
      'chooseScript',
    ),
  missingScript: (path: string): Problem =>
    problem(
      l10n.t('{0} does not exist any more. Choose the script that you want to run.', path),
      'chooseScript',
    ),
  notSaved: (name: string): Problem =>
    problem(l10n.t('{0} could not be saved, so it was not run. Save it and try again.', name)),
  missingFolder: (path: string): Problem =>
    problem(
      l10n.t('The working directory {0} does not exist. Correct the setting and try again.', path),
      'cwdSetting',
    ),
  /** `message` comes from the check of Node: not found, too old, or without TypeScript. */
  node: (message: string): Problem => problem(message, 'nodePathSetting'),
  fromRun: (message: string): Problem => problem(message),
  untrusted: (): Problem =>
    problem(
      l10n.t(
        'Visualizing a program runs its code, which is off in Restricted Mode. Trust the workspace first.',
      ),
      'manageTrust',
    ),
  taskRefused: (reason: string): Problem =>
    problem(
      l10n.t('VS Code could not run the program in a terminal: {0}. Try again.', withoutFullStop(reason)),
    ),
  nothingShown: (): Problem =>
    problem(
      l10n.t('Nothing has been visualized yet. Choose a script, or try an example.'),
      'chooseScript',
      'openExample',
    ),
  exampleNotCopied: (reason: string): Problem =>
    problem(
      l10n.t(
        'The example could not be copied to your disk: {0}. Make room or check permissions, then try again.',
        withoutFullStop(reason),
      ),
    ),
  missingSource: (path: string): Problem =>
    problem(
      l10n.t(
        '{0} could not be opened: the file does not exist. It may have been moved or deleted since the program ran.',
        path,
      ),
    ),
  notASource: (location: string): Problem =>
    problem(l10n.t('"{0}" does not name a file with an absolute path, so it cannot be opened.', location)),
};

/** `why` comes from the source maps: a missing map, a missing original … */
export function openedGenerated(why: string): string {
  return l10n.t('The generated file was opened. {0}', why);
}

/** Shown in the panel instead of, or above, the picture. */
export const panelProblems = {
  noTerminalProcess: (): string =>
    l10n.t('The program could not be started; its terminal says why. Correct that, then choose Restart.'),
  recordingUnreadable: (reason: string): string =>
    l10n.t(
      'The recording of this run can no longer be read ({0}). Choose Restart to run the program again.',
      withoutFullStop(reason),
    ),
  overSinceReload: (): string =>
    l10n.t(
      'This run is no longer observed because the window was reloaded. Choose Restart to run the program again.',
    ),
  overAndForgotten: (): string =>
    l10n.t('This run is over. Open its script and choose Visualize Concurrency to run it again.'),
  notStopping: (): string => l10n.t('The program did not end. Close its terminal, then choose Restart.'),
};

function withoutFullStop(text: string): string {
  return text.trim().replace(/\.$/, '');
}
