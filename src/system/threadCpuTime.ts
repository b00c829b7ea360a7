import { openSync, readSync } from 'node:fs';

const buffer = Buffer.allocUnsafe(128);
/**
 * The calling thread's own schedstat; null where there is none. It stays open, because opening costs more than reading,
 * until the thread ends: each worker has this module, and what it opened, for itself.
 */
let schedstat: number | null | undefined;

/**
 * CPU time of the calling thread so far, nanoseconds; where the system does not tell it cheaply, that of the whole
 * process. For differences only.
 */
export function threadCpuTime(): number {
  // Also makes the kernel count up to now: otherwise the figure is that of the last timer interrupt, and of what takes
  // less than the milliseconds between two of these most would be missed.
  const { user, system } = process.cpuUsage();
  schedstat ??= openOwn();
  if (schedstat === null) return (user + system) * 1000;
  // The first figure is the time on a CPU.
  return Number.parseInt(buffer.toString('latin1', 0, readSync(schedstat, buffer, 0, buffer.length, 0)), 10);
}

function openOwn(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const fd = openSync('/proc/thread-self/schedstat', 'r');
    // A kernel without CONFIG_SCHED_INFO says zero.
    return readSync(fd, buffer, 0, buffer.length, 0) > 0 && buffer.toString('latin1', 0, 2) !== '0 '
      ? fd
      : null;
  } catch {
    return null;
  }
}
