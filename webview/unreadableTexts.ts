/** Why something is not known: sentences for what the system refuses, and for what it does not have. */

const subjects: Readonly<Record<string, string>> = {
  wchan: 'What its threads sleep in (wchan)',
  syscall: 'The system call, stack pointer and program counter of its sleeping threads (syscall)',
  smaps: 'The parts of its memory and what it shares (smaps)',
  smaps_rollup: 'Its private and shared memory (smaps_rollup)',
  fd: 'Its open file descriptors (fd)',
  schedstat: 'How long its threads ran and were Ready, in nanoseconds (schedstat)',
  status: 'Its context switches, user and allowed CPUs (status)',
  limits: 'Its limits (limits)',
  cgroup: 'The limits of its control group (cgroup)',
  threads: 'The list of its threads',
  processes: 'The list of processes',
};

/** Why the processes of the system cannot be listed, by the reason that `unreadable` records give. */
const whyNoProcesses: Readonly<Record<string, string>> = {
  hidepid:
    'The system hides processes of other users (hidepid): whatever of the program runs as another user is missing.',
  ENOENT: 'There is no /proc here: what the kernel knows of processes and threads cannot be read.',
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOENT: 'this kernel does not have it',
  ESRCH: 'it had ended',
  EINVAL: 'this kernel does not have it',
  EIO: 'input/output error',
  EMFILE: 'too many open files',
};

/** `What its threads sleep in (wchan) cannot be read: permission denied (EACCES).` `code` is an error's code. */
export function unreadableText(what: string, code: string): string {
  const sentence = what === 'processes' ? whyNoProcesses[code] : undefined;
  if (sentence !== undefined) return sentence;
  const known = reasons[code];
  const reason = known === undefined ? code : `${known} (${code})`;
  return `${subjects[what] ?? `“${what}”`} cannot be read: ${reason}.`;
}

export const absence = {
  title: 'Could not be read',
  ofAny: 'Could not be read of any process',
  /** In place of a value; the sentence is its tooltip. */
  refused: (code: string): string => `not readable (${code})`,
  notOn: (platform: string): string => `not available on ${platform}`,
  notYet: 'not read yet',
  ended: 'ended before it was read',
} as const;
