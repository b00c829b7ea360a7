import { statSync } from 'node:fs';
import path from 'node:path';
import { ok, type Result } from '../base/result';
import { loadRecording } from './loadRecording';
import { openBrowser } from './openBrowser';
import { servePanel } from './panelServer';
import { RunFeed } from './runFeed';
import { SourceAnswers } from './sourceAnswers';

export interface ServeOptions {
  readonly port: number;
  readonly open: boolean;
}

/** `cviz open`: shows a recording in a browser, until interrupted. */
export async function openRecording(file: string, options: ServeOptions): Promise<Result<null>> {
  // Read once here, so that a wrong file is said in the terminal and not on a page.
  const loaded = loadRecording(file, () => undefined);
  if (!loaded.ok) return loaded;
  const host = {
    kind: 'browser',
    title: path.basename(file),
    canStop: false,
    canRestart: false,
    canOpenSource: false,
  } as const;
  const feed = new RunFeed(host, { state: 'ended', problem: loaded.value.problem });
  feed.show(file, host, { state: 'ended', problem: loaded.value.problem });
  feed.advanceTo(statSync(file).size);
  const answers = new SourceAnswers(feed);
  const server = await servePanel(options.port, feed, (message) => void answers.receive(message));
  if (!server.ok) return server;
  if (loaded.value.problem !== null) process.stderr.write(`cviz: ${loaded.value.problem}\n`);
  process.stdout.write(`cviz: ${file} is shown at ${server.value.url}\ncviz: press Ctrl+C to end\n`);
  if (options.open) openBrowser(server.value.url);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  server.value.close();
  feed.close();
  return ok(null);
}
