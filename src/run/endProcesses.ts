const INSIST_AFTER_MS = 2000;

/** Asks all processes to end with SIGTERM; those still there after two seconds are killed. */
export function endProcesses(livePids: () => readonly number[]): void {
  signalAll(livePids(), 'SIGTERM');
  setTimeout(() => {
    signalAll(livePids(), 'SIGKILL');
  }, INSIST_AFTER_MS).unref();
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile, or belongs to somebody else.
    }
  }
}
