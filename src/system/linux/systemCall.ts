/** What /proc/PID/task/TID/syscall says of a sleeping thread. */
export interface SystemCall {
  /** -1: it sleeps outside of any system call, in a page fault for one. */
  readonly number: number;
  readonly firstArgument: number;
  readonly stackPointer: number;
  readonly programCounter: number;
}

/** Null for a running thread, or where the text is no such one. */
export function parseSystemCall(text: string): SystemCall | null {
  const words = text.trim().split(' ');
  const number = Number(words[0] || NaN);
  const pointers = words.slice(-2).map(Number);
  const [stackPointer = NaN, programCounter = NaN] = pointers;
  if (words.length < 3 || !Number.isInteger(number)) return null;
  if (!Number.isFinite(stackPointer) || !Number.isFinite(programCounter)) return null;
  const firstArgument = number >= 0 ? Number(words[1]) : NaN;
  return { number, firstArgument, stackPointer, programCounter };
}

const ofDescriptors = new Set(
  (
    'read write close fstat ioctl pread64 pwrite64 readv writev connect accept sendto recvfrom sendmsg recvmsg fcntl ' +
    'flock fsync fdatasync ftruncate getdents64 splice tee sync_file_range vmsplice fallocate accept4 preadv pwritev ' +
    'recvmmsg syncfs sendmmsg copy_file_range preadv2 pwritev2 mq_timedsend mq_timedreceive'
  ).split(' '),
);

/** The file descriptor that a call works on; null where its first argument is none. */
export function descriptorOf(name: string, { firstArgument }: SystemCall): number | null {
  if (!ofDescriptors.has(name)) return null;
  // The register has 64 bits, a descriptor is an int.
  return firstArgument >= 0 && firstArgument < 2 ** 31 ? firstArgument : null;
}

const channels: Readonly<Record<string, string>> = {
  epoll_wait: 'do_epoll_wait',
  epoll_pwait: 'do_epoll_wait',
  epoll_pwait2: 'do_epoll_wait',
  poll: 'do_poll',
  ppoll: 'do_poll',
  select: 'do_select',
  pselect6: 'do_select',
  io_uring_enter: 'io_cqring_wait',
  futex: 'futex_wait',
  futex_wait: 'futex_wait',
  futex_waitv: 'futex_wait',
  wait4: 'do_wait',
  waitid: 'do_wait',
  nanosleep: 'hrtimer_nanosleep',
  clock_nanosleep: 'hrtimer_nanosleep',
  flock: 'locks_lock_inode_wait',
  rt_sigtimedwait: 'do_sigtimedwait',
  rt_sigsuspend: 'sigsuspend',
  accept: 'inet_csk_accept',
  accept4: 'inet_csk_accept',
  connect: 'sk_wait_connect',
};

const SENDS = /^(write|writev|send|pwrite|splice|vmsplice)/;

/**
 * The kernel function that a thread in this call sleeps in, as far as call and file tell: for where the kernel does not
 * name it, or names one that many calls share. Null when they don't tell.
 */
export function channelOf(name: string, file: string | null): string | null {
  const known = channels[name];
  if (known !== undefined) return known;
  const isSending = SENDS.test(name);
  if (file === null) return name.startsWith('recv') || name.startsWith('send') ? 'sk_wait_data' : null;
  if (file.startsWith('pipe:')) return isSending ? 'pipe_write' : 'pipe_read';
  if (file.startsWith('socket:')) return isSending ? 'sk_stream_wait_memory' : 'sk_wait_data';
  if (/^\/dev\/(tty|pts\/|console)/.test(file)) return isSending ? 'n_tty_write' : 'n_tty_read';
  return null;
}

/** Where the name of the kernel's function says all there is to say. */
const TELLING =
  /^(do_epoll_wait|ep_poll|do_sys_poll|do_poll|poll_schedule_timeout|do_select|io_cqring_wait)|futex|hrtimer|nanosleep|^do_signal_stop|^ptrace_stop/;
/** Helpers of many drivers and protocols: they don't tell what is waited for. */
const SHARED = /^(wait_woken|schedule|do_wait_intr|msleep|io_schedule_timeout)/;

export function isTelling(channel: string): boolean {
  return TELLING.test(channel);
}

export function isShared(channel: string): boolean {
  return SHARED.test(channel);
}
