import { existsSync } from 'node:fs';
import { Position, Range, Uri, ViewColumn, window, workspace } from 'vscode';
import { err, ok, type Result } from '../base/result';
import { parseSourceLocation, type SourceLocation } from '../run/sourceLocation';
import type { SourceMaps } from '../run/sourceMaps';
import { openedGenerated, problems, type Problem } from './problems';

/**
 * Opens `file:line:column` next to the panel, which stays on screen, with the cursor there. Of a line of generated code
 * that is the line it comes from; where that cannot be had, the generated one and a sentence that says why.
 */
export async function openSource(
  location: string,
  sourceMaps: SourceMaps,
  panelColumn: ViewColumn | undefined,
): Promise<Result<string | null, Problem>> {
  const { original, canOpen, problem } = sourceMaps.locate(location);
  const source = parseSourceLocation(canOpen && original !== null ? original : location);
  if (source === null) return err(problems.notASource(location));
  if (!existsSync(source.path)) return err(problems.missingSource(source.path));
  try {
    await show(source, panelColumn);
  } catch (error) {
    // VS Code says it well enough: binary, too large, no permission.
    return err(problems.fromRun(error instanceof Error ? error.message : String(error)));
  }
  return ok(problem === null ? null : openedGenerated(problem));
}

async function show(
  { path, line, column }: SourceLocation,
  panelColumn: ViewColumn | undefined,
): Promise<void> {
  const position = new Position(line, column ?? 0);
  const document = await workspace.openTextDocument(Uri.file(path));
  await window.showTextDocument(document, {
    viewColumn: columnFor(document.uri, panelColumn),
    selection: new Range(position, position),
  });
}

/** Where the file is open already, else the first column, unless the panel itself sits there. */
function columnFor(uri: Uri, panelColumn: ViewColumn | undefined): ViewColumn {
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  return panelColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
}
