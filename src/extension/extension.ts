import { commands, window, type ExtensionContext } from 'vscode';
import type { Disposable } from '../base/disposable';
import type { Problem } from '../panel/problems';
import { startRunInWorker } from '../run/runInWorker';
import { Actions } from './actions';
import { commandIds, viewTypes } from './contributionIds';
import { report } from './report';
import { Visualizations } from './visualizations';

let shutDown: () => Promise<void> = () => Promise.resolve();

/** Only wires things up: whatever takes time happens when a command is used. */
export function activate(context: ExtensionContext): void {
  const show = (problem: Problem): void =>
    void report(problem, {
      chooseScript: () => actions.chooseScript(),
      openExample: () => actions.openExample(),
    });
  const visualizations = new Visualizations({
    context,
    startRun: (request) => startRunInWorker(request, context.asAbsolutePath('dist/runWorker.js')),
    report: show,
    chooseScript: () => void actions.chooseScript(),
    openExample: (example) => void actions.runExample(example),
  });
  const actions = new Actions({ visualizations, context, report: show });
  shutDown = () => visualizations.shutDown();
  context.subscriptions.push(...registerCommands(actions), registerSerializer(visualizations));
}

/** VS Code waits for this before the extension host ends. */
export function deactivate(): Promise<void> {
  return shutDown();
}

function registerCommands(actions: Actions): Disposable[] {
  return [
    commands.registerCommand(commandIds.visualize, (target: unknown) => actions.visualize(target)),
    commands.registerCommand(commandIds.stop, () => actions.stop()),
    commands.registerCommand(commandIds.restart, () => actions.restart()),
    commands.registerCommand(commandIds.showPanel, () => actions.showPanel()),
    commands.registerCommand(commandIds.openExample, () => actions.openExample()),
  ];
}

function registerSerializer(visualizations: Visualizations): Disposable {
  return window.registerWebviewPanelSerializer(viewTypes.panel, {
    deserializeWebviewPanel: (panel, pageState: unknown) => {
      visualizations.revive(panel, pageState);
      return Promise.resolve();
    },
  });
}
