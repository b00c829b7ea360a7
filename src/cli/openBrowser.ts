import { spawn } from 'node:child_process';

/** Opens an address in the user's browser. Failing is no error: the address is printed as well. */
export function openBrowser(url: string): void {
  const [file, ...args] = command(url);
  if (file === undefined) return;
  const child = spawn(file, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function command(url: string): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return ['xdg-open', url];
  }
}
