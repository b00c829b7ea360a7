import { threadCpuTime } from '../threadCpuTime';
import type { ChunkWriter } from '../../trace/writer';
import { kindOfLink, parseLocalMounts, parseOpenFile, socketInode } from './descriptorKind';
import { fittingList } from './fittingList';
import { pauseAfter, type Activity, type Look } from './look';
import type { ProcessFolder } from './processFolder';
import type { SocketNames } from './socketNames';

const FIRST_AFTER_NS = 0.15e9;
/** Much is opened while a program starts. */
const SECOND_AFTER_NS = 0.6e9;
const INTERVAL_NS = 1e9;
const IDLE_INTERVAL_NS = 20e9;
/** Of more open files than these only the number is told. */
const MOST_LINKS = 1024;

interface KnownFile {
  readonly link: string;
  readonly kind: string;
}

/** The open files of a process: written when they have changed. */
export class DescriptorsLook implements Look {
  due = 0;
  private readonly folder: ProcessFolder;
  private readonly writer: ChunkWriter;
  private readonly activity: Activity;
  private readonly sockets: SocketNames;
  private known = new Map<number, KnownFile>();
  private written = '';
  private isFirst = true;

  constructor(folder: ProcessFolder, writer: ChunkWriter, activity: Activity, sockets: SocketNames) {
    this.folder = folder;
    this.writer = writer;
    this.activity = activity;
    this.sockets = sockets;
  }

  restart(time: number): void {
    this.due = time + FIRST_AFTER_NS;
    this.isFirst = true;
  }

  take(time: number): void {
    const begin = threadCpuTime();
    const numbers = this.folder.isUnreadable('fd') ? null : this.numbers();
    if (numbers !== null) this.write(time, numbers);
    const isIdle = this.activity.last < time - INTERVAL_NS;
    const wanted = this.isFirst ? SECOND_AFTER_NS : isIdle ? IDLE_INTERVAL_NS : INTERVAL_NS;
    this.isFirst = false;
    this.due = time + pauseAfter(threadCpuTime() - begin, wanted);
  }

  private numbers(): number[] | null {
    const numbers = this.folder.files.numbersIn(`${this.folder.path}/fd`);
    if (numbers.ok) return numbers.value.sort((a, b) => a - b);
    this.folder.tell('fd', numbers.error);
    return null;
  }

  private write(time: number, numbers: readonly number[]): void {
    const files = this.filesOf(numbers.slice(0, MOST_LINKS));
    const hasSockets = [...files.values()].some(({ kind }) => kind === 'socket');
    const sockets = hasSockets ? this.sockets.of(this.folder.path, time) : null;
    const counts = new Map<string, number>();
    const list: [number, string, string][] = [];
    for (const [number, { link, kind }] of files) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      list.push([number, kind, sockets?.get(socketInode(link) ?? -1) ?? link]);
    }
    const { pid, startTicks } = this.folder;
    const fields = {
      total: numbers.length,
      byKind: JSON.stringify(Object.fromEntries(counts)),
      list: fittingList(list),
    };
    const comparable = JSON.stringify(fields);
    if (comparable === this.written) return;
    this.written = comparable;
    this.writer.add('descriptors', { time, pid, startTicks, ...fields });
  }

  private filesOf(numbers: readonly number[]): Map<number, KnownFile> {
    const files = new Map<number, KnownFile>();
    let localMounts: ReadonlySet<number> | null = null;
    for (const number of numbers) {
      const link = this.folder.descriptor(number);
      if (link === null) continue;
      const known = this.known.get(number);
      const kind = known?.link === link ? known.kind : kindOfLink(link);
      if (kind === 'path') localMounts ??= this.localMounts();
      files.set(number, { link, kind: kind === 'path' ? this.kindOfPath(number, localMounts) : kind });
    }
    this.known = files;
    return files;
  }

  private localMounts(): ReadonlySet<number> {
    const text = this.folder.files.read(`${this.folder.path}/mountinfo`);
    return parseLocalMounts(text.ok ? text.value : '');
  }

  /** A network's file is not asked what it is, because the answer may never come. */
  private kindOfPath(number: number, localMounts: ReadonlySet<number> | null): string {
    const { files, path } = this.folder;
    const text = files.read(`${path}/fdinfo/${number}`);
    if (!text.ok) return 'file';
    const { isDirectory, mount } = parseOpenFile(text.value);
    if (isDirectory) return 'directory';
    if (mount === null || localMounts?.has(mount) !== true) return 'file';
    return files.kind(`${path}/fd/${number}`) ?? 'file';
  }
}
