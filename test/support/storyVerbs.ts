import type { ChunkWriter } from '../../src/trace/writer';
import type { StoryLine } from './storyLine';
import { messageVerbs } from './storyMessageVerbs';
import { sharingVerbs } from './storySharingVerbs';

/** Writes what a line says. `lanes` holds the sampler's lane of each thread, by PID/TID. */
export type Verb = (line: StoryLine, writer: ChunkWriter, lanes: Map<string, number>) => void;

/** A command line as records carry it. */
function argumentsOf(text: string | null): string {
  return JSON.stringify(text === null || text === '' ? [] : text.split(' '));
}

const platform = { platform: 'linux', arch: 'x64', cores: 2 } as const;

export const runVerbs: Readonly<Record<string, Verb | undefined>> = {
  /** run starts COMMAND */
  starts: (line, writer) => {
    const [command = '', ...args] = line.word(0).split(' ');
    writer.add('runStart', {
      time: line.time,
      wallMs: 1.7e12,
      title: line.word(0),
      command,
      args: JSON.stringify(args),
      cwd: '/project',
      productVersion: '0.1.0',
      ...platform,
    });
  },
  /** run root PID [ticks] */
  root: (line, writer) => {
    writer.add('rootStart', {
      time: line.time,
      pid: Number(line.word(0)),
      startTicks: line.number('ticks'),
    });
  },
  /** run exit PID [code] [signal] */
  exit: (line, writer) => {
    writer.add('rootExit', {
      time: line.time,
      pid: Number(line.word(0)),
      code: line.number('code'),
      signal: line.option('signal'),
    });
  },
  /** run ends */
  ends: (line, writer) => {
    writer.add('runEnd', { time: line.time });
  },
  /** run notes CODE [detail] */
  notes: (line, writer) => {
    writer.add('notice', { time: line.time, code: line.word(0), detail: line.option('detail') });
  },
};

export const threadVerbs: Readonly<Record<string, Verb | undefined>> = {
  /** NAME begins pid [ppid] [ticks] [since] [worker=THREADID] [tid] [call=LOG#CALL] [args] [cpu] [queue] */
  begins: (line, writer) => {
    const pid = line.number('pid') ?? 0;
    const worker = line.number('worker');
    const ticks = line.number('ticks');
    const cpu = line.duration('cpu');
    writer.add('threadStart', {
      time: line.time,
      log: line.who,
      pid,
      ppid: line.number('ppid') ?? 1,
      processStartTicks: ticks,
      processStart: line.moment('since'),
      isMain: worker === null,
      threadId: worker ?? 0,
      tid: line.number('tid') ?? (worker === null ? pid : null),
      threadStartTicks: line.number('threadTicks') ?? (worker === null ? ticks : null),
      name: line.option('name'),
      wallMs: 1.7e12,
      platform: 'linux',
      nodeVersion: 'v20.20.2',
      execPath: '/usr/bin/node',
      argv: argumentsOf(line.option('args') ?? `/usr/bin/node /project/${line.who}.js`),
      execArgv: '[]',
      cwd: '/project',
      spawnToken: line.option('call'),
      cpu,
      runQueue: line.duration('queue') ?? (cpu === null ? null : 0),
    });
  },
  /** NAME below PID ppid [ticks] [args]: a process between this one and its caller */
  below: (line, writer) => {
    writer.add('ancestor', {
      pid: Number(line.word(0)),
      ppid: line.number('ppid') ?? 1,
      startTicks: line.number('ticks'),
      args: argumentsOf(line.option('args')),
    });
  },
  /** NAME calls CALL API COMMAND [at] [sync=yes] */
  calls: (line, writer) => {
    const [file = '', ...args] = line.word(2).split(' ');
    writer.add('spawn', {
      time: line.time,
      call: Number(line.word(0)),
      api: line.word(1),
      file,
      args: JSON.stringify([file, ...args]),
      cwd: null,
      location: line.option('at'),
      sync: line.word(1).endsWith('Sync'),
      detached: line.has('detached'),
    });
  },
  /** NAME started CALL [pid] [ticks] [error] */
  started: (line, writer) => {
    writer.add('spawnResult', {
      time: line.time,
      call: Number(line.word(0)),
      pid: line.number('pid'),
      startTicks: line.number('ticks'),
      error: line.option('error'),
    });
  },
  /** NAME heard CALL pid [code] [signal]: of its child's end */
  heard: (line, writer) => {
    writer.add('childExit', {
      time: line.time,
      call: Number(line.word(0)),
      pid: line.number('pid') ?? 0,
      code: line.number('code'),
      signal: line.option('signal'),
    });
  },
  /** NAME creates CALL FILE [name] [at] [eval=yes] */
  creates: (line, writer) => {
    writer.add('worker', {
      time: line.time,
      call: Number(line.word(0)),
      file: line.word(1),
      eval: line.has('eval'),
      name: line.option('name'),
      location: line.option('at'),
    });
  },
  /** NAME created CALL [worker=THREADID] [error] [errorCode] */
  created: (line, writer) => {
    writer.add('workerResult', {
      time: line.time,
      call: Number(line.word(0)),
      threadId: line.number('worker'),
      error: line.option('error'),
      errorCode: line.option('errorCode'),
    });
  },
  /** NAME lost CALL worker [code] [error]: its worker has ended */
  lost: (line, writer) => {
    writer.add('workerExit', {
      time: line.time,
      call: Number(line.word(0)),
      threadId: line.number('worker') ?? 0,
      code: line.number('code'),
      error: line.option('error'),
    });
  },
  /** NAME throws MESSAGE [name] [errorCode] */
  throws: (line, writer) => {
    writer.add('uncaught', {
      time: line.time,
      name: line.option('name') ?? 'Error',
      message: line.word(0),
      errorCode: line.option('errorCode'),
      stack: null,
    });
  },
  /** NAME ends [code] [cpu] [queue] [idle] [at] */
  ends: (line, writer) => {
    const cpu = line.duration('cpu');
    writer.add('threadEnd', {
      time: line.time,
      code: line.number('code'),
      cpu,
      runQueue: line.duration('queue') ?? (cpu === null ? null : 0),
      loopIdle: line.duration('idle'),
      location: line.option('at'),
    });
  },
  /** NAME heap USED [idle] */
  heap: (line, writer) => {
    const used = Number(line.word(0));
    const rest = { total: used * 2, external: 0, arrayBuffers: 0, loopIdle: line.duration('idle') };
    writer.add('heap', { time: line.time, used, ...rest });
  },
  /** NAME drops RECORDS BYTES (in total so far) */
  drops: (line, writer) => {
    const [records, bytes] = [Number(line.word(0)), Number(line.word(1))];
    writer.add('lost', { time: line.time, records, bytes, reason: 'ENOSPC' });
  },
  ...messageVerbs,
  ...sharingVerbs,
};

export const osVerbs: Readonly<Record<string, Verb | undefined>> = {
  /** os starts [precision] */
  starts: (line, writer) => {
    const precision = line.option('precision') ?? 'ns';
    writer.add('samplerStart', { time: line.time, cores: 2, platform: 'linux', precision });
  },
  /** os process PID ppid [ticks] [since] [comm] [args] */
  process: (line, writer) => {
    writer.add('process', {
      time: line.time,
      pid: Number(line.word(0)),
      ppid: line.number('ppid') ?? 1,
      startTicks: line.number('ticks'),
      start: line.moment('since'),
      comm: line.option('comm') ?? 'program',
      args: argumentsOf(line.option('args')),
    });
  },
  /** os thread PID/TID [ticks] [processTicks] [since] [name]: the thread gets the next lane */
  thread: (line, writer, lanes) => {
    const lane = Math.max(0, ...lanes.values()) + 1;
    lanes.set(line.word(0), lane);
    const [pid, tid] = line.word(0).split('/').map(Number);
    writer.add('thread', {
      time: line.time,
      lane,
      pid: pid ?? 0,
      processStartTicks: line.number('processTicks'),
      tid: tid ?? 0,
      startTicks: line.number('ticks'),
      start: line.moment('since'),
      name: line.option('name') ?? 'thread',
    });
  },
  /** os sees PID/TID STATE [WCHAN] cpu [queue] [faults] */
  sees: (line, writer, lanes) => {
    writer.add('threadSample', {
      time: line.time,
      lane: laneOf(line, lanes),
      cpu: line.duration('cpu') ?? 0,
      runQueue: line.duration('queue') ?? 0,
      state: line.word(1).charCodeAt(0),
      waitChannel: line.words[2] ?? null,
      systemCall: null,
      majorFaults: line.number('faults'),
      cpuNumber: null,
    });
  },
  /** os tick: a pass is over */
  tick: (line, writer) => {
    writer.add('tick', { time: line.time, cost: 1e6, interval: 2e7, processes: 1, threads: 1 });
  },
  /** os misses PID/TID: the thread is gone */
  misses: (line, writer, lanes) => {
    writer.add('threadGone', { time: line.time, lane: laneOf(line, lanes) });
  },
  /** os buries PID [ticks] [code] [signal]: the process is gone */
  buries: (line, writer) => {
    writer.add('processGone', {
      time: line.time,
      pid: Number(line.word(0)),
      startTicks: line.number('ticks'),
      code: line.number('code'),
      signal: line.option('signal'),
    });
  },
  /** os weighs PID PRIVATE SHARED [ticks] */
  weighs: (line, writer) => {
    const [own, shared] = [Number(line.word(1)), Number(line.word(2))];
    writer.add('memory', {
      time: line.time,
      pid: Number(line.word(0)),
      startTicks: line.number('ticks'),
      rss: own + shared,
      pss: own + shared / 2,
      private: own,
      shared,
    });
  },
};

function laneOf(line: StoryLine, lanes: ReadonlyMap<string, number>): number {
  const lane = lanes.get(line.word(0));
  if (lane === undefined) throw new Error(`The sampler has not found ${line.word(0)} yet: ${line.text}`);
  return lane;
}
