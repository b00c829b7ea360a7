import type { ConsoleMessage, Page } from 'playwright-core';

/** An error that a page printed or threw. */
export interface ConsoleError {
  readonly where: 'workbench' | 'webview';
  readonly text: string;
  readonly url: string;
}

/** What a code-server prints on a good day: files it does not ship, services it does not have. */
const harmless = [
  /Failed to load resource: the server responded with a status of 404/,
  /A bad HTTP response code \(404\) was received when fetching the script/,
  /\[Service Worker\] registration/,
  /open-vsx\.org|ERR_NAME_NOT_RESOLVED|ENOTFOUND/,
  /vsda/,
  /Long running operations during shutdown are unsupported in the web/,
  /An unknown error occurred\. Please consult the log for more details/,
  /native-watchdog/,
  /Timed out waiting for authentication provider/,
  /No extension gallery service configured/,
];

/** Collects errors of the page and of every frame in it, those of webviews marked as such. */
export function collectConsoleErrors(page: Page): ConsoleError[] {
  const errors: ConsoleError[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const where = isWebviewUrl(url) ? 'webview' : 'workbench';
    add(errors, { where, text: textOf(message), url });
  });
  // Errors thrown in frames arrive here as well; only the stack says where they come from.
  page.on('pageerror', (error) => {
    const text = error.stack ?? error.message;
    add(errors, { where: isWebviewUrl(text) ? 'webview' : 'workbench', text, url: page.url() });
  });
  return errors;
}

function add(errors: ConsoleError[], error: ConsoleError): void {
  if (!harmless.some((pattern) => pattern.test(error.text))) errors.push(error);
}

/**
 * A webview's document is `…/webview/browser/pre/…`, its scripts come from a vscode-resource host, and inline scripts
 * of a document that was written rather than loaded have no address at all; the workbench has none of those.
 */
function isWebviewUrl(text: string): boolean {
  return text === '' || /\/webview\/browser\/pre\/|vscode-resource\.|vscode-webview/.test(text);
}

/** VS Code colours its own messages with "%c", which is no part of what they say. */
function textOf(message: ConsoleMessage): string {
  return message
    .text()
    .replace(/^%c\s*ERR\s+color: #\w+\s*/, '')
    .trim();
}
