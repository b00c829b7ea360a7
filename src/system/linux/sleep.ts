import type { ProcessFolder } from './processFolder';
import { channelOf, descriptorOf, isShared, isTelling, type SystemCall } from './systemCall';
import { systemCallNames } from './systemCallNames';

/** What a thread sleeps in. */
export interface Sleep {
  /** The kernel's function; null where it is not known. */
  readonly waitChannel: string | null;
  /** `read pipe:[5]`; null where that says nothing more. */
  readonly systemCall: string | null;
}

const names = systemCallNames(process.arch);

/**
 * What a sleeping thread sleeps in. `waitChannel` is what the kernel says of that; null where it says nothing, then the
 * system call stands in for it. That is only read where it adds something.
 */
export function describeSleep(
  folder: ProcessFolder,
  waitChannel: string | null,
  readCall: () => SystemCall | null,
): Sleep {
  const nothingMore = { waitChannel, systemCall: null };
  if (waitChannel !== null && isTelling(waitChannel)) return nothingMore;
  const call = readCall();
  const name = call === null ? undefined : names[call.number];
  if (call === null || name === undefined) return nothingMore;
  const descriptor = folder.isUnreadable('fd') ? null : descriptorOf(name, call);
  const file = descriptor === null ? null : folder.descriptor(descriptor);
  const fromCall = waitChannel === null || isShared(waitChannel) ? channelOf(name, file) : null;
  const channel = fromCall ?? waitChannel;
  if (channel !== null && isTelling(channel)) return { waitChannel: channel, systemCall: null };
  return { waitChannel: channel, systemCall: file === null ? name : `${name} ${file}` };
}
