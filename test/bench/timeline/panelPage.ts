import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { encodeFrames } from '../../../src/protocol/streamFrames';
import type { ToWebview } from '../../../src/protocol/messages';
import { frameClock } from './frameClock';

const root = path.join(__dirname, '../../..');
const RUN_ID = 1;
/** As both hosts send it. */
const PIECE_BYTES = 512 * 1024;
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>cviz</title>
<meta property="csp-nonce" content="toolkit"><link rel="icon" href="data:,">
<link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="main.css"></head>
<body><script src="main.js"></script></body></html>`;

/** The panel as it is shipped: name to content. */
export type Bundle = ReadonlyMap<string, Uint8Array>;

export function productionBundle(): Bundle {
  const folder = mkdtempSync(path.join(tmpdir(), 'cviz-bench-'));
  try {
    execFileSync(
      process.execPath,
      ['esbuild.js', '--production', '--quiet', '--outroot', folder, 'webview'],
      {
        cwd: root,
        stdio: 'inherit',
      },
    );
    const built = path.join(folder, 'dist/webview');
    return new Map(readdirSync(built).map((name) => [name, readFileSync(path.join(built, name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the page is shown: all at once, or in addition something that keeps coming. */
export interface Show {
  readonly bytes: Uint8Array;
  readonly ended: boolean;
  /** Called every `interval` milliseconds for what came meanwhile. */
  readonly live?: { readonly interval: number; readonly next: () => Uint8Array };
}

export interface PanelPage {
  readonly page: Page;
  readonly client: CDPSession;
  close(): Promise<void>;
}

/** Opens the panel with a run, in a page of its own; as cviz does, but with bytes that are already there. */
export async function openPanel(browser: Browser, bundle: Bundle, show: Show): Promise<PanelPage> {
  const stops: (() => void)[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? '').replace(/^\/|\?.*$/g, '');
    if (name === 'stream') stops.push(stream(response, show));
    else if (name === 'message') response.writeHead(204).end();
    else send(response, bundle, name);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  const opened = await context.newPage();
  opened.on('pageerror', (error) => {
    process.stderr.write(`the page: ${error.stack ?? error.message}\n`);
    process.exitCode = 1;
  });
  const client = await context.newCDPSession(opened);
  await opened.addInitScript(frameClock);
  await opened.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'commit' });
  return {
    page: opened,
    client,
    close: async () => {
      for (const stop of stops) stop();
      await context.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function stream(response: ServerResponse, { bytes, ended, live }: Show): () => void {
  const write = (message: ToWebview): void => {
    for (const part of encodeFrames(message)) response.write(part);
  };
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const host = {
    kind: 'browser',
    title: 'made.js',
    canStop: true,
    canRestart: true,
    canOpenSource: true,
  } as const;
  write({ type: 'open', runId: RUN_ID, host });
  for (let from = 0; from < bytes.length; from += PIECE_BYTES)
    write({ type: 'bytes', runId: RUN_ID, bytes: bytes.subarray(from, from + PIECE_BYTES) });
  write({
    type: 'status',
    runId: RUN_ID,
    status: ended ? { state: 'ended', problem: null } : { state: 'live' },
  });
  if (live === undefined) return () => undefined;
  const timer = setInterval(() => write({ type: 'bytes', runId: RUN_ID, bytes: live.next() }), live.interval);
  return () => clearInterval(timer);
}

function send(response: ServerResponse, bundle: Bundle, name: string): void {
  const content = name === '' ? Buffer.from(page) : bundle.get(name);
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-toolkit'; font-src 'self'; connect-src 'self'; img-src 'self' data:";
  response.writeHead(200, {
    'content-type': types[path.extname(name)] ?? 'text/html; charset=utf-8',
    'content-security-policy': policy,
  });
  response.end(content);
}

/** Bytes of JavaScript that are in use: its heap and the memory of its buffers, after a collection. */
export async function memoryOf({ client }: PanelPage): Promise<number> {
  await client.send('HeapProfiler.collectGarbage');
  const usage = (await client.send('Runtime.getHeapUsage')) as {
    readonly usedSize: number;
    readonly backingStorageSize?: number;
  };
  if (usage.backingStorageSize === undefined)
    throw new Error('This browser does not tell the size of buffers');
  return usage.usedSize + usage.backingStorageSize;
}
