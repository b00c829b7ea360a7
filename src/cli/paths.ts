import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the bundles lie: beside the command line's own. */
const distribution = __dirname;

export const probePath = path.join(distribution, 'probe.js');
export const webviewDirectory = path.join(distribution, 'webview');

export function productVersion(): string {
  const text = readFileSync(path.join(distribution, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
