import { workspace, type Uri } from 'vscode';

/** Node runs what is on disk, so what is in the editor has to get there first. Answers false if that failed. */
export async function saveIfDirty(script: Uri): Promise<boolean> {
  const document = workspace.textDocuments.find(({ uri }) => uri.toString() === script.toString());
  return document === undefined || !document.isDirty || document.save();
}
