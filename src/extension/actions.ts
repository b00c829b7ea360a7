import {
  TabInputText,
  TabInputTextDiff,
  Uri,
  ViewColumn,
  window,
  workspace,
  type ExtensionContext,
} from 'vscode';
import type { Result } from '../base/result';
import { problems, type Problem } from '../panel/problems';
import { chooseExample, chooseScript, chooseScriptOrExample, scriptAt, type Choice } from './chooseScript';
import { copyExample } from './examples';
import type { Visualizations } from './visualizations';

export interface ActionsOptions {
  readonly visualizations: Visualizations;
  readonly context: ExtensionContext;
  readonly report: (problem: Problem) => void;
}

/** What the commands and the panel's buttons do. Each tells the user about its own problems. */
export class Actions {
  constructor(private readonly options: ActionsOptions) {}

  /** `target` comes from a menu; the palette gives none. */
  async visualize(target: unknown): Promise<void> {
    const { visualizations } = this.options;
    const { active } = visualizations;
    if (!(target instanceof Uri) && active !== undefined) return visualizations.visualize(active.script);
    const script = target instanceof Uri ? target : uriOfActiveTab();
    const choice: Result<Choice | null, Problem> =
      script === undefined ? { ok: true, value: await chooseScriptOrExample() } : await scriptAt(script);
    if (choice.ok) await this.run(choice.value);
    else this.options.report(choice.error);
  }

  async chooseScript(): Promise<void> {
    await this.run(await chooseScript());
  }

  /** Runs an example in front of the user's eyes: its source beside its panel. */
  async runExample(example: string): Promise<void> {
    await this.run({ kind: 'example', example });
  }

  async openExample(): Promise<void> {
    const choice = await chooseExample();
    if (choice?.kind === 'example') await this.showExample(choice.example);
  }

  async stop(): Promise<void> {
    const { visualizations } = this.options;
    if (visualizations.running !== undefined) await visualizations.stop(visualizations.running);
  }

  async restart(): Promise<void> {
    const { visualizations, report } = this.options;
    if (visualizations.current === undefined) report(problems.nothingShown());
    else await visualizations.start(visualizations.current);
  }

  showPanel(): void {
    const { visualizations, report } = this.options;
    if (visualizations.current === undefined) report(problems.nothingShown());
    else visualizations.current.reveal(false);
  }

  private async run(choice: Choice | null): Promise<void> {
    if (choice === null) return;
    // VS Code keeps us switched off until then; a program must not depend on that alone.
    if (!workspace.isTrusted) {
      this.options.report(problems.untrusted());
      return;
    }
    const script = choice.kind === 'script' ? choice.script : await this.showExample(choice.example);
    if (script !== null) await this.options.visualizations.visualize(script);
  }

  private async showExample(example: string): Promise<Uri | null> {
    const copy = await copyExample(example, this.options.context);
    if (copy.ok) {
      await window.showTextDocument(copy.value, { viewColumn: ViewColumn.One, preview: false });
      return copy.value;
    }
    this.options.report(copy.error);
    return null;
  }
}

/** Not of `activeTextEditor`, which may be the Output view. */
function uriOfActiveTab(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputText) return input.uri;
  return input instanceof TabInputTextDiff ? input.modified : undefined;
}
