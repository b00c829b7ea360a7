import { threadCpuTime } from '../threadCpuTime';
import type { ChunkWriter } from '../../trace/writer';
import type { RecordFields } from '../../trace/records';
import { groupName, parseCgroup, type CgroupReader } from './cgroup';
import { parseLimits } from './limits';
import { pauseAfter, type Activity, type Look } from './look';
import type { ProcessFolder } from './processFolder';
import { parseStat, parseStatus } from './procText';

/** A program has not made its threads yet when it is first seen. */
const SECOND_AFTER_NS = 0.3e9;
const INTERVAL_NS = 1e9;
const IDLE_INTERVAL_NS = 5e9;

type Facts = Omit<RecordFields<'processFacts'>, 'time' | 'pid' | 'startTicks'>;

/** What the system keeps of a process: written when it has changed. */
export class ProcessFactsLook implements Look {
  due = 0;
  private readonly folder: ProcessFolder;
  private readonly writer: ChunkWriter;
  private readonly activity: Activity;
  private readonly cgroups: CgroupReader;
  private written = '';
  private isFirst = true;

  constructor(folder: ProcessFolder, writer: ChunkWriter, activity: Activity, cgroups: CgroupReader) {
    this.folder = folder;
    this.writer = writer;
    this.activity = activity;
    this.cgroups = cgroups;
  }

  restart(time: number): void {
    this.due = time;
    this.isFirst = true;
  }

  take(time: number): void {
    const begin = threadCpuTime();
    const facts = this.read(time);
    // Its state changes all the time, and samples tell it better.
    const comparable = JSON.stringify({ ...facts, state: null });
    if (facts !== null && comparable !== this.written) {
      this.written = comparable;
      const { pid, startTicks } = this.folder;
      this.writer.add('processFacts', { time, pid, startTicks, ...facts });
    }
    const isIdle = this.activity.last < time - INTERVAL_NS;
    const wanted = this.isFirst ? SECOND_AFTER_NS : isIdle ? IDLE_INTERVAL_NS : INTERVAL_NS;
    this.isFirst = false;
    this.due = time + pauseAfter(threadCpuTime() - begin, wanted);
  }

  private read(time: number): Facts | null {
    const { folder } = this;
    const text = folder.files.read(`${folder.path}/stat`);
    const stat = text.ok ? parseStat(text.value) : null;
    if (stat?.startTicks !== folder.startTicks || stat.state === 'Z') return null;
    const { uid, affinity } = parseStatus(folder.read('status') ?? '');
    const limits = folder.read('limits');
    const groups = parseCgroup(folder.read('cgroup') ?? '');
    const { cpu, memory } = this.cgroups.limits(groups, time);
    return {
      state: stat.state.charCodeAt(0),
      uid,
      group: stat.group,
      session: stat.session,
      priority: stat.priority,
      nice: stat.nice,
      policy: stat.policy,
      affinity,
      threads: stat.threads,
      limits: limits === null ? null : JSON.stringify(Object.fromEntries(parseLimits(limits))),
      cgroup: groupName(groups),
      cpuLimit: cpu,
      memoryLimit: memory,
    };
  }
}
