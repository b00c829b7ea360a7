import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commandIds,
  contextKeys,
  settingKeys,
  settingsSection,
  viewTypes,
} from '../../../src/extension/contributionIds';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const root = join(__dirname, '..', '..', '..');
const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const { activationEvents, contributes } = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

describe('package.json and the names in the code', () => {
  it('has the same commands', () => {
    const declared = contributes.commands.map(({ command }) => command);
    assert.deepEqual(declared.sort(), Object.values(commandIds).sort());
  });

  it('has the same settings', () => {
    const known = Object.values(settingKeys).map((key) => `${settingsSection}.${key}`);
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), known.sort());
  });

  it('has the same view types', () => {
    assert.deepEqual(
      activationEvents,
      Object.values(viewTypes).map((type) => `onWebviewPanel:${type}`),
    );
  });

  it('uses only commands and context keys that the code knows', () => {
    const entries = Object.values(contributes.menus).flat();
    const unknown = entries.filter(({ command }) => !Object.values<string>(commandIds).includes(command));
    assert.deepEqual(unknown, []);
    const clauses = [
      ...entries.map(({ when }) => when),
      ...contributes.commands.map(({ enablement }) => enablement),
    ];
    const used = clauses.flatMap((clause) => clause?.match(/\bconcurrencyVisualizer\.\w+/g) ?? []);
    assert.deepEqual([...new Set(used)].sort(), Object.values(contextKeys).sort());
  });

  it('names the main command as the palette is to show it', () => {
    const visualize = contributes.commands.find(({ command }) => command === commandIds.visualize);
    assert.equal(visualize?.title, '%command.visualize%');
    assert.equal(visualize.category, undefined);
    assert.equal(texts['command.visualize'], 'Visualize Concurrency');
  });

  it('has a text for every placeholder, and no other texts', () => {
    const placeholders = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]);
    assert.deepEqual([...new Set(placeholders)].sort(), Object.keys(texts).sort());
  });
});
