const INODES = /^(socket|pipe):\[\d+\]$/;

const anonymous = new Map([
  ['eventfd', 'eventfd'],
  ['eventpoll', 'epoll'],
  ['inotify', 'inotify'],
  ['timerfd', 'timerfd'],
  ['signalfd', 'signalfd'],
  ['io_uring', 'io_uring'],
]);

/** The kind of an open file by what /proc/PID/fd has for it; `path` when it is a path, of whatever kind. */
export function kindOfLink(link: string): string {
  const [, inodeKind] = INODES.exec(link) ?? [];
  if (inodeKind !== undefined) return inodeKind;
  const [, name] = /^anon_inode:\[?(\w+)/.exec(link) ?? [];
  if (name !== undefined) return anonymous.get(name) ?? 'other';
  if (link.startsWith('/memfd:')) return 'memfd';
  if (/^\/dev\/(pts\/\d+|tty\w*|console|ptmx)$/.test(link)) return 'terminal';
  if (link.startsWith('/dev/') && !/^\/dev\/(shm|mqueue|hugepages)\//.test(link)) return 'device';
  return link.startsWith('/') ? 'path' : 'other';
}

/** File systems that answer from memory; others may ask a machine that does not reply, or a program. */
const LOCAL =
  /^(ext[234]|xfs|btrfs|tmpfs|devtmpfs|ramfs|rootfs|overlay|zfs|f2fs|vfat|exfat|squashfs|iso9660|proc|sysfs|cgroup2?|hugetlbfs|mqueue)$/;

/** /proc/PID/mountinfo: the ids of the mounts whose files can be asked without waiting. */
export function parseLocalMounts(text: string): ReadonlySet<number> {
  const local = new Set<number>();
  for (const line of text.split('\n')) {
    const [, id, type = ''] = /^(\d+) .* - (\S+) /.exec(line) ?? [];
    if (id !== undefined && LOCAL.test(type)) local.add(Number(id));
  }
  return local;
}

export interface OpenFile {
  readonly isDirectory: boolean;
  readonly mount: number | null;
}

/** O_DIRECTORY, in octal as the file has it. */
const DIRECTORY_FLAG = process.arch === 'arm64' || process.arch === 'arm' ? 0o40000 : 0o200000;

/** /proc/PID/fdinfo/N. */
export function parseOpenFile(text: string): OpenFile {
  const flags = Number.parseInt(/^flags:\s+([0-7]+)$/m.exec(text)?.[1] ?? '0', 8);
  const mount = /^mnt_id:\s+(\d+)$/m.exec(text)?.[1];
  return {
    isDirectory: (flags & DIRECTORY_FLAG) !== 0,
    mount: mount === undefined ? null : Number(mount),
  };
}

/** The number in `socket:[5]`; null when it is something else. */
export function socketInode(link: string): number | null {
  const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
  return inode === undefined ? null : Number(inode);
}
