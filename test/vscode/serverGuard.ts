import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { killStarted } from './processTree';

/** What is to go when the process that started a server is gone. */
interface Guarded {
  readonly pid: number;
  readonly marker: string;
  readonly folder: string;
}

/**
 * Starts a process that ends a server, and removes its folder, should this one be killed outright (a CI that runs out
 * of time): a server keeps its extension hosts for hours in case the window comes back. Returns how to call it off.
 */
export function guardServer(guarded: Guarded): () => void {
  // Detached, or Ctrl+C would end it together with us. It inherits our loader, and learns of our end by its channel.
  const guard = fork(__filename, [JSON.stringify(guarded)], { detached: true, stdio: 'ignore' });
  // It guards us, it must not keep us.
  guard.unref();
  guard.channel?.unref();
  return () => void guard.kill('SIGKILL');
}

if (require.main === module) {
  const { pid, marker, folder } = JSON.parse(process.argv[2] ?? '') as Guarded;
  process.once('disconnect', () => {
    void killStarted(pid, marker).finally(() => rm(folder, { recursive: true, force: true }));
  });
}
