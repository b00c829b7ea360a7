import path from 'node:path';
import type { ChunkWriter } from '../../trace/writer';
import { isGone, type ProcFiles } from './procFiles';
import { parseStat } from './procText';

/** A file or folder of which single processes may be without. */
export type Unreadable =
  'smaps' | 'smaps_rollup' | 'wchan' | 'syscall' | 'fd' | 'schedstat' | 'status' | 'limits' | 'cgroup';

/** The folder that /proc has for a process. What in it cannot be read is told, once. */
export class ProcessFolder {
  readonly files: ProcFiles;
  readonly pid: number;
  readonly startTicks: number;
  readonly path: string;
  /** True once the kernel has named a function that one of its threads sleeps in: so it does tell. */
  knowsChannels = false;
  private readonly writer: ChunkWriter;
  private readonly told = new Set<Unreadable>();

  constructor(files: ProcFiles, writer: ChunkWriter, pid: number, startTicks: number) {
    this.files = files;
    this.writer = writer;
    this.pid = pid;
    this.startTicks = startTicks;
    this.path = path.join(files.root, String(pid));
  }

  /** The text of a file in it; null when it cannot be read. */
  read(what: Unreadable, folder = this.path): string | null {
    const text = this.files.read(`${folder}/${what}`);
    if (text.ok) return text.value;
    this.tell(what, text.error, folder);
    return null;
  }

  /** What one of its file descriptors stands for. */
  descriptor(number: number): string | null {
    const link = this.files.link(`${this.path}/fd/${number}`);
    if (link.ok) return link.value;
    // It may just have been closed.
    if (!isGone(link.error)) this.tell('fd', link.error);
    return null;
  }

  /**
   * Whether we may see more of it than everybody may. Where not, the kernel answers some questions by 0. (Its folder is a
   * link that zombies have no more, but the right to read it is checked before.)
   */
  mayInspect(): boolean {
    const link = this.files.link(`${this.path}/cwd`);
    return link.ok || (link.error !== 'EACCES' && link.error !== 'EPERM');
  }

  /** True when this has been told to be unreadable: then it is not worth trying again. */
  isUnreadable(what: Unreadable): boolean {
    return this.told.has(what);
  }

  /**
   * Says that a file cannot be read, unless that is because its process or thread (whose folder this is) has just ended:
   * then it is no news.
   */
  tell(what: Unreadable, reason: string, folder = this.path): void {
    // ESRCH is what files say whose process is on its way out; short of descriptors we may soon be no more.
    if (reason === 'ESRCH' || reason === 'EMFILE' || reason === 'ENFILE') return;
    if (this.told.has(what) || !this.isAlive(folder)) return;
    this.told.add(what);
    const { pid, startTicks } = this;
    const time = Number(process.hrtime.bigint());
    this.writer.add('unreadable', { time, pid, startTicks, what, reason });
  }

  private isAlive(folder: string): boolean {
    const text = this.files.read(`${folder}/stat`);
    const stat = text.ok ? parseStat(text.value) : null;
    if (stat === null || stat.state === 'Z' || stat.state === 'X') return false;
    return folder !== this.path || stat.startTicks === this.startTicks;
  }
}
