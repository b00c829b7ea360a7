import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

const extensionId = 'concurrency-visualizer.concurrency-visualizer';

describe('activation', () => {
  it('finds the extension', () => {
    assert.ok(vscode.extensions.getExtension(extensionId), `${extensionId} is not installed`);
  });

  it('runs where the programs run', () => {
    // The UI side of a remote window has neither the files nor the processes.
    assert.equal(vscode.extensions.getExtension(extensionId)?.extensionKind, vscode.ExtensionKind.Workspace);
  });

  it('activates and registers its command', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
    const commands = await vscode.commands.getCommands(true);
    assert.ok(
      commands.includes('concurrencyVisualizer.visualize'),
      'concurrencyVisualizer.visualize is not registered',
    );
  });
});
