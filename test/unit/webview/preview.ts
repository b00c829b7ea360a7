// npx tsx test/unit/webview/preview.ts [PORT]: the panel with made-up runs, in any browser, without cviz or VS Code.
import { scenarioNames } from './fixtures/scenarios';
import { startPreview } from './fixtures/previewServer';

async function main(): Promise<void> {
  const server = await startPreview(Number(process.argv[2] ?? 0));
  for (const name of scenarioNames) console.log(server.url(name));
}

void main();
