import { stat } from 'node:fs/promises';
import { workspace, type Uri } from 'vscode';
import { err, ok, type Result } from '../base/result';
import { problems, type Problem } from '../panel/problems';
import { programForScript } from '../run/program';
import { settingsFor, type RunSettings } from './settings';

/** How a script is run: the command line, and the settings it was made of. */
export interface RunCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly settings: RunSettings;
}

/** The command line for a script as it stands on disk, or why it cannot be run. */
export async function runCommandFor(script: Uri): Promise<Result<RunCommand, Problem>> {
  const settings = settingsFor(script, workspace.getWorkspaceFolder(script));
  if (!(await isA('isFile', script.fsPath))) return err(problems.missingScript(script.fsPath));
  // VS Code would only say so in a terminal that nobody understands.
  if (!(await isA('isDirectory', settings.cwd))) return err(problems.missingFolder(settings.cwd));
  const program = await programForScript(script.fsPath, settings.args, settings);
  // The script is there: what is left to refuse is Node.
  if (!program.ok) return err(problems.node(program.error));
  const { file, args } = program.value;
  return ok({ file, args: [...settings.nodeArgs, ...args], settings });
}

async function isA(what: 'isFile' | 'isDirectory', path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats[what](),
    () => false,
  );
}
