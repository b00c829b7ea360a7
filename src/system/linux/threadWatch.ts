import { err, ok, type Result } from '../../base/result';
import type { ChunkWriter } from '../../trace/writer';
import { KeptFile } from './keptFile';
import { monotonicNow } from './look';
import type { ProcessFolder } from './processFolder';
import { isGone } from './procFiles';
import { parseStat, readSchedStat, stateIn, type Stat } from './procText';
import { describeSleep, type Sleep } from './sleep';
import { parseSystemCall, type SystemCall } from './systemCall';

const NS_PER_TICK = 1e7;
/** A thread that has slept through so many passes and still has no wait channel: the kernel does not tell. */
const MOST_TRIES = 3;

const ASLEEP = 'S'.charCodeAt(0);

const awake: Sleep = { waitChannel: null, systemCall: null };

/** What a pass found: nothing new, that the thread has run (or may run), or that it has ended. */
export type Found = 'same' | 'moved' | 'ended';

/** One thread under observation. */
export class ThreadWatch {
  readonly lane: number;
  readonly tid: number;
  readonly path: string;
  /** When it was last seen to have run, and when its facts were last read, ns. */
  moved = 0;
  factsTime = -1;
  /** As last seen. */
  stackPointer: number | null = null;
  private readonly folder: ProcessFolder;
  private readonly schedstat: KeptFile;
  private readonly stat: KeptFile;
  private readonly channel: KeptFile;
  startTicks: number | null = null;
  /** What it is called now, and what was last said of that. */
  name = '';
  toldName: string | null = null;
  private readonly now = { cpu: 0, runQueue: 0 };
  private cpu = -1;
  private runQueue = -1;
  private state = '';
  private sleep = awake;
  /** How often the wait channel has been asked for in vain since it last ran; -1: it is known, or not to be had. */
  private tries = -1;
  private usesTicks: boolean;

  constructor(folder: ProcessFolder, lane: number, tid: number, usesTicks: boolean) {
    this.folder = folder;
    this.lane = lane;
    this.tid = tid;
    this.path = `${folder.path}/task/${tid}`;
    this.usesTicks = usesTicks;
    this.schedstat = new KeptFile(folder.files, `${this.path}/schedstat`);
    this.stat = new KeptFile(folder.files, `${this.path}/stat`, true);
    this.channel = new KeptFile(folder.files, `${this.path}/wchan`, true);
  }

  /** Its stat file; an error is `EINVAL` where that is none, and `ESRCH` where the tid is another thread's now. */
  readStat(): Result<Stat> {
    const text = this.stat.read();
    if (!text.ok) return text;
    const stat = parseStat(text.value);
    if (stat === null) return err('EINVAL');
    this.startTicks ??= stat.startTicks;
    this.name = stat.name;
    return stat.startTicks === this.startTicks ? ok(stat) : err('ESRCH');
  }

  /**
   * Looks at the thread and writes a sample if anything changed.
   * A sleeping thread whose counters did not move has slept all along: one read tells. But it may have been woken and wait
   * for a CPU, which counts only once it has got it: `verifiesSleep` asks for a second read, to know.
   */
  sample(writer: ChunkWriter, verifiesSleep: boolean): Found {
    let stat: Result<Stat> | null = null;
    if (!this.usesTicks) {
      const code = this.readTimes();
      if (code === 'ESRCH') return 'ended';
      if (code !== null) {
        stat = this.readStat();
        if (!stat.ok) return isGone(stat.error) ? 'ended' : 'same';
        this.folder.tell('schedstat', code, this.path);
        this.usesTicks = code !== 'EMFILE' && code !== 'ENFILE';
        if (!this.usesTicks) return 'same';
      }
    }
    const hasMoved = this.now.cpu !== this.cpu || this.now.runQueue !== this.runQueue;
    if (!this.usesTicks && !hasMoved && this.state === 'S' && this.tries < 0) {
      if (!verifiesSleep || this.isAsleep()) return 'same';
    }
    stat ??= this.readStat();
    if (!stat.ok) return isGone(stat.error) ? 'ended' : 'same';
    return this.sampleStat(writer, stat.value);
  }

  /** The system call it sleeps in; null while it runs, or where that is not for us to see. */
  systemCall(): SystemCall | null {
    if (this.folder.isUnreadable('syscall')) return null;
    const call = parseSystemCall(this.folder.read('syscall', this.path) ?? '');
    if (call !== null) this.stackPointer = call.stackPointer;
    return call;
  }

  close(): void {
    this.schedstat.close();
    this.stat.close();
    this.channel.close();
  }

  private isAsleep(): boolean {
    const length = this.stat.readBytes();
    return typeof length === 'number' && stateIn(this.folder.files.buffer, length) === ASLEEP;
  }

  /** Null, or the error's code. */
  private readTimes(): string | null {
    const length = this.schedstat.readBytes();
    if (typeof length === 'string') return length;
    return readSchedStat(this.folder.files.buffer, length, this.now) ? null : 'EINVAL';
  }

  private sampleStat(writer: ChunkWriter, stat: Stat): Found {
    if (this.usesTicks) {
      this.now.cpu = stat.cpuTicks * NS_PER_TICK;
      this.now.runQueue = 0;
    }
    const hasMoved = this.now.cpu !== this.cpu || this.now.runQueue !== this.runQueue;
    const { state } = stat;
    const isOver = state === 'X' || state === 'Z';
    const isNews = hasMoved || state !== this.state;
    if (isNews) this.tries = state === 'R' || isOver ? -1 : 0;
    const { sleep } = this;
    if (isNews) this.sleep = awake;
    // Ticks are too coarse to tell whether it has run in between: then only another wait channel does.
    if (this.tries >= 0 || (this.usesTicks && !isOver && state !== 'R')) this.findSleep(isNews);
    const isSame = !isNews && state !== 'R' && this.sleep.waitChannel === sleep.waitChannel;
    if (isSame) return 'same';
    this.cpu = this.now.cpu;
    this.runQueue = this.now.runQueue;
    this.state = state;
    // Now, after all was read: within a pass over many threads milliseconds go by.
    const seen = monotonicNow();
    if (hasMoved || state === 'R') this.moved = seen;
    writer.add('threadSample', {
      time: seen,
      lane: this.lane,
      cpu: this.cpu,
      runQueue: this.runQueue,
      state: state.charCodeAt(0),
      ...this.sleep,
      majorFaults: stat.majorFaults,
      cpuNumber: stat.cpuNumber,
    });
    return isOver ? 'ended' : 'moved';
  }

  /** It may have woken up since its state was read: then there is no wait channel, and the next pass asks again. */
  private findSleep(isNews: boolean): void {
    const channel = this.readChannel();
    if (channel !== null || this.tries >= MOST_TRIES || this.folder.isUnreadable('wchan')) {
      const isKnown = !isNews && channel !== null && channel === this.sleep.waitChannel;
      if (!isKnown) this.sleep = describeSleep(this.folder, channel, () => this.systemCall());
      if (channel === null && !this.folder.knowsChannels && this.tries >= MOST_TRIES)
        this.folder.tell('wchan', this.folder.mayInspect() ? 'ENODATA' : 'EACCES', this.path);
      this.tries = -1;
    } else this.tries++;
  }

  private readChannel(): string | null {
    if (this.folder.isUnreadable('wchan')) return null;
    const text = this.channel.read();
    if (!text.ok) {
      if (!isGone(text.error) || text.error === 'ENOENT') this.folder.tell('wchan', text.error, this.path);
      return null;
    }
    if (text.value === '' || text.value === '0') return null;
    this.folder.knowsChannels = true;
    return text.value;
  }
}
