import type { ChunkWriter } from '../../trace/writer';
import { ProcFile } from './procFile';
import { parseSchedStat, parseStat, type Stat } from './procText';

/** One thread under observation. */
export class ThreadWatch {
  readonly lane: number;
  private readonly schedstat: ProcFile;
  private readonly stat: ProcFile;
  private readonly waitChannel: ProcFile;
  private cpu = -1;
  private runQueue = -1;
  private state = '';

  constructor(lane: number, directory: string) {
    this.lane = lane;
    this.schedstat = new ProcFile(`${directory}/schedstat`);
    this.stat = new ProcFile(`${directory}/stat`);
    this.waitChannel = new ProcFile(`${directory}/wchan`);
  }

  readStat(): Stat | null {
    const text = this.stat.read();
    return text === null ? null : parseStat(text);
  }

  /**
   * Looks at the thread and writes a sample if anything changed. False when the thread is gone.
   * A sleeping thread whose counters did not move has slept all along: one read tells.
   */
  sample(time: number, writer: ChunkWriter): boolean {
    const text = this.schedstat.read();
    const times = text === null ? null : parseSchedStat(text);
    if (times === null) return false;
    const moved = times.cpu !== this.cpu || times.runQueue !== this.runQueue;
    if (!moved && this.state === 'S') return true;
    const stat = this.readStat();
    if (stat === null || stat.state === 'X' || stat.state === 'Z') return false;
    if (!moved && stat.state === this.state && stat.state !== 'R') return true;
    this.cpu = times.cpu;
    this.runQueue = times.runQueue;
    this.state = stat.state;
    const waitChannel = stat.state === 'R' ? null : this.waitChannel.read();
    writer.add('threadSample', {
      time,
      lane: this.lane,
      cpu: times.cpu,
      runQueue: times.runQueue,
      state: stat.state.charCodeAt(0),
      waitChannel: waitChannel === '' || waitChannel === '0' ? null : waitChannel,
      systemCall: null,
      majorFaults: null,
      cpuNumber: null,
    });
    return true;
  }

  close(): void {
    this.schedstat.close();
    this.stat.close();
    this.waitChannel.close();
  }
}
