import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { err, ok, type Result } from '../base/result';
import type { FromWebview } from '../protocol/messages';
import { parseFromWebview } from '../protocol/messages';
import { webviewDirectory } from './paths';
import type { RunFeed } from './runFeed';

const HOST = '127.0.0.1';
const MAX_MESSAGE_BYTES = 64 * 1024;

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
};

export interface PanelServer {
  readonly url: string;
  close(): void;
}

/**
 * Serves the panel on this machine only, below a path nobody can guess. Fails with a sentence for the user.
 * `port` 0 takes a free one.
 */
export function servePanel(
  port: number,
  feed: RunFeed,
  onMessage: (message: FromWebview) => void,
): Promise<Result<PanelServer>> {
  const token = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    handle(request, response, token, feed, onMessage).catch(() => {
      response.destroy();
    });
  });
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(err(cannotListen(port, error)));
    });
    server.listen(port, HOST, () => {
      resolve(ok({ url: urlOf(server, token), close: () => closeServer(server) }));
    });
  });
}

function urlOf(server: Server, token: string): string {
  const address = server.address();
  return `http://${HOST}:${typeof address === 'object' && address !== null ? address.port : 0}/${token}/`;
}

function closeServer(server: Server): void {
  server.close();
  server.closeAllConnections();
}

function cannotListen(port: number, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is in use. Give another one with --port, or none for a free one.`;
  return `The panel cannot be served on port ${port} (${error.code ?? error.message}). Give another one with --port.`;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  feed: RunFeed,
  onMessage: (message: FromWebview) => void,
): Promise<void> {
  const [, given = '', file = '', ...more] = new URL(request.url ?? '/', `http://${HOST}`).pathname.split(
    '/',
  );
  if (!isToken(given, token) || more.length > 0) {
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end('Not found. Open the address that cviz printed.\n');
    return;
  }
  if (request.method === 'POST' && file === 'message') {
    await receive(request, response, onMessage);
  } else if (request.method !== 'GET') {
    response.writeHead(405).end();
  } else if (file === 'stream') {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
    feed.addClient(response);
  } else {
    await sendFile(response, file);
  }
}

function isToken(given: string, token: string): boolean {
  return given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token));
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  onMessage: (message: FromWebview) => void,
): Promise<void> {
  let body = '';
  for await (const piece of request.setEncoding('utf8') as AsyncIterable<string>) {
    body += piece;
    if (body.length > MAX_MESSAGE_BYTES) {
      response.writeHead(413).end();
      return;
    }
  }
  const message = parseFromWebview(parseJson(body));
  response.writeHead(message === null ? 400 : 204).end();
  if (message !== null) onMessage(message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function sendFile(response: ServerResponse, file: string): Promise<void> {
  if (file === '' || file === 'index.html') {
    sendPage(response);
    return;
  }
  const type = contentTypes[path.extname(file)];
  // `file` is one path segment; a name with a separator or a leading dot is none of ours.
  const bytes =
    type === undefined || !/^[\w-][\w.-]*$/.test(file)
      ? null
      : await readFile(path.join(webviewDirectory, file)).catch(() => null);
  if (bytes === null || type === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(bytes);
}

function sendPage(response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    // Same rules as in the editor: our own files, no remote source, nothing inline.
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "font-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      `<meta property="csp-nonce" content="${nonce}">` +
      '<title>Concurrency Visualizer</title><link rel="icon" href="data:,">' +
      '<link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="main.css">' +
      '</head><body><script src="main.js"></script></body></html>\n',
  );
}
