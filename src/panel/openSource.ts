import { existsSync } from 'node:fs';
import { Position, Range, Uri, ViewColumn, window, workspace } from 'vscode';
import { err, ok, type Result } from '../base/result';
import { problems, type Problem } from './problems';
import { parseSourceLocation } from './sourceLocation';

/** Opens `file:line:column` next to the panel, which stays on screen, with the cursor there. */
export async function openSource(
  location: string,
  panelColumn: ViewColumn | undefined,
): Promise<Result<void, Problem>> {
  const source = parseSourceLocation(location);
  if (source === null) return err(problems.notASource(location));
  if (!existsSync(source.path)) return err(problems.missingSource(source.path));
  const position = new Position(source.line, source.column);
  try {
    const document = await workspace.openTextDocument(Uri.file(source.path));
    await window.showTextDocument(document, {
      viewColumn: columnFor(document.uri, panelColumn),
      selection: new Range(position, position),
    });
  } catch (error) {
    // VS Code says it well enough: binary, too large, no permission.
    return err(problems.fromRun(error instanceof Error ? error.message : String(error)));
  }
  return ok(undefined);
}

/** Where the file is open already, else the first column, unless the panel itself sits there. */
function columnFor(uri: Uri, panelColumn: ViewColumn | undefined): ViewColumn {
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  return panelColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
}
