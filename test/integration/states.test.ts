import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Report, ThreadReport } from '../../src/model/report';
import { ownThreads, programPath, record, statesError, type Recorded } from '../support/cviz';
import {
  Comparison,
  describeOnLinux,
  hearExitStats,
  processOf,
  python,
  threadOf,
  toldLines,
  works,
  type ExitStats,
  type Final,
} from '../support/groundTruth';

/** What a thread says of itself in its last moments. Nanoseconds. */
interface ToldThread {
  readonly role: string;
  readonly pid: number;
  readonly tid: number;
  readonly threadId: number | null;
  readonly born: number;
  readonly time: number;
  readonly cpu: number;
  readonly runQueue: number;
  /** In calls that block, by its own clock, and how much of it at least it was asleep. */
  readonly inCalls: number;
  readonly asleepInCalls: number;
  /** Node's own figure for the time its event loop was idle; null outside Node, and where Node does not tell. */
  readonly loopIdle: number | null;
}

/** Between which moments something lived, as its creator saw it: from before the call to after the end. */
interface ToldLife {
  readonly pid: number;
  readonly threadId?: number;
  readonly born: number;
  readonly time: number;
}

interface Lives extends Recorded {
  readonly threads: readonly ToldThread[];
  /** What the kernel said of each thread at its end; null where it may not be asked. */
  readonly final: ReadonlyMap<number, Final> | null;
}

const lives = programPath('states/lives.js');

/** Two CPUs that this process may use, as `taskset` takes them. */
function twoCpus(): string {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const cpus = list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return cpus.slice(0, 2).join(',');
}

/** What the threads of each program do, the main thread first. */
const programs: Readonly<Record<string, readonly string[]>> = {
  'a busy thread beside an idle one': ['busy', 'idle'],
  'an idle thread alone': ['idle'],
  'threads blocked in execSync and Atomics.wait': ['exec', 'atomics'],
  'threads that do a bit of everything': ['mixed', 'mixed'],
};

/** Of a kernel with a clock of 250 Hz; most have that, or a faster one. */
const TICK_MS = 4;
/** Of a thread's life. */
const UNSEEN_SLEEP = 0.02;
/** What is estimated must stay little: of an end that nobody saw, a pass or two, which take longer on a busy machine. */
const MOST_ESTIMATED = 0.1;

describeOnLinux('time in each state is what the kernel counted', () => {
  let exitStats: ExitStats | null;

  beforeEach(async () => {
    exitStats = await hearExitStats();
  });

  async function recordLives(command: readonly string[]): Promise<Lives> {
    const recorded = await record([programPath('states/supervisor.js'), JSON.stringify(command)]);
    assert.equal(recorded.stderr, '');
    const threads = toldLines<ToldThread>(recorded.stdout, 'thread');
    return { ...recorded, threads, final: (await exitStats?.stop()) ?? null };
  }

  function assertTrue(told: Lives, roles: readonly string[], crowded = false): void {
    assert.deepEqual(told.threads.map(({ role }) => role).sort(), [...roles].sort());
    const compare = new Comparison();
    for (const thread of told.threads) {
      const reported = threadOf(told.report, thread.pid, thread.tid);
      compareRole(compare, thread, reported, crowded);
      compareWithTold(compare, told, thread, reported);
    }
    compareWithCounted(compare, told);
    compareSums(compare, told.report);
    compare.conclude();
  }

  for (const [title, roles] of Object.entries(programs)) {
    it(title, async () => {
      assertTrue(await recordLives([process.execPath, lives, ...roles]), roles);
    });
  }

  it('eight busy threads on two cores', async function () {
    const pinned = ['taskset', '-c', twoCpus()];
    if (!works('taskset', [...pinned.slice(1), 'true'])) this.skip();
    const roles = ['idle', ...Array<string>(8).fill('busy')];
    assertTrue(await recordLives([...pinned, process.execPath, lives, ...roles]), roles, true);
  });

  it('another runtime: one thread asleep, one busy', async function () {
    if (python === null) this.skip();
    assertTrue(await recordLives([python, programPath('states/lives.py')]), ['sleeps', 'busy']);
  });

  it('a shell in a loop of its own', async function () {
    if (exitStats === null) this.skip();
    const loop = 'i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done';
    const told = await recordLives(['sh', '-c', loop]);
    const [{ pid } = assert.fail('the shell is told of')] = toldLines<ToldLife>(told.stdout, 'process');
    const [thread] = processOf(told.report, pid).threads;
    assert.ok(thread !== undefined && thread.states.running > 100, 'it was busy');
    const compare = new Comparison();
    compareWithCounted(compare, told);
    compareSums(compare, told.report);
    compare.conclude();
  });
});

/**
 * What happens after a thread's own last word, nobody in it can tell: of that time no more than between this word and
 * the moment when its creator knew it had ended.
 */
function compareWithTold(compare: Comparison, told: Lives, thread: ToldThread, reported: ThreadReport): void {
  const { states, estimatedMs, sleepCountedAsReadyMs } = reported;
  const ms = (ns: number): number => ns / 1e6;
  const life = outerLife(told, thread);
  const rest = ms(life.time - thread.time);
  const title = `${thread.role} ${reported.id}`;
  const [cpu, runQueue] = [ms(thread.cpu), ms(thread.runQueue)];
  compare.check(`${title} ended after its last word`, rest >= 0);
  compare.between(`${title} running`, states.running, cpu, cpu + rest, estimatedMs);
  const ready = states.ready + sleepCountedAsReadyMs;
  compare.between(`${title} ready`, ready, runQueue, runQueue + rest, estimatedMs);
  const sum = Object.values(states).reduce((total, state) => total + state, 0);
  compare.between(`${title} sum`, sum, ms(thread.time - thread.born), ms(life.time - life.born));
  const asleep = ms(life.time - life.born) - cpu - (runQueue - sleepCountedAsReadyMs);
  compare.between(`${title} blocked`, states.blocked, ms(thread.asleepInCalls), asleep, estimatedMs);
  if (thread.loopIdle === null) return;
  // An idle loop that is woken may have to wait for a CPU, which its own clock takes for idleness. And why a thread slept
  // for less than a pass nobody can say who does not stand in it: Node itself waits for its helpers now and then.
  const idle = ms(thread.loopIdle);
  compare.between(
    `of ${JSON.stringify(states)} ${JSON.stringify(reported.blockedBy)} ${title} waiting`,
    states.waiting,
    idle - (runQueue - sleepCountedAsReadyMs),
    idle,
    UNSEEN_SLEEP * sum + estimatedMs,
  );
}

function outerLife({ stdout }: Lives, { pid, threadId, born }: ToldThread): ToldLife {
  const process = toldLines<ToldLife>(stdout, 'process').find((life) => life.pid === pid);
  const worker = toldLines<ToldLife>(stdout, 'workerOver').find(
    (life) => life.pid === pid && life.threadId === threadId,
  );
  const life = threadId === null || threadId === 0 ? process : worker && { ...worker, born };
  return life ?? assert.fail(`nobody told of the end of ${pid}/${threadId}`);
}

/** The kernel's last word on every thread, the supervisor's included. */
function compareWithCounted(compare: Comparison, { report, final }: Lives): void {
  if (final === null) return;
  for (const process of report.processes) {
    for (const thread of ownThreads(process)) {
      const counted = thread.tid === null ? undefined : final.get(thread.tid);
      assert.ok(counted !== undefined, `the kernel tells of ${thread.id}`);
      // The end of a thread nobody sees from inside; the report says how much of its figures is only an estimate.
      const slack = thread.estimatedMs;
      const title = `${process.command} ${thread.id}`;
      // The kernel's last word comes before the thread's last switch: what ran since the clock's last tick is not in it.
      const { running } = thread.states;
      const ready = thread.states.ready + thread.sleepCountedAsReadyMs;
      compare.between(`${title} running`, running, counted.cpuMs, counted.cpuMs + TICK_MS, slack);
      compare.close(`${title} ready`, ready, counted.runQueueMs, slack > 0 ? slack + TICK_MS : 0);
      // For the kernel a life begins after the call that creates it and ends before anybody is told.
      const life = (thread.endMs ?? report.durationMs) - thread.startMs;
      compare.between(`${title} life`, life, counted.lifeMs, Infinity, slack);
      compare.check(`${title}: ${slack} ms are estimated`, slack <= MOST_ESTIMATED * life);
    }
  }
}

function compareSums(compare: Comparison, report: Report): void {
  for (const thread of report.processes.flatMap((process) => process.threads))
    compare.check(`states of ${thread.id} add up to its life`, statesError(report, thread) <= 0.01);
}

function compareRole(
  compare: Comparison,
  { role }: ToldThread,
  { id, states, blockedBy }: ThreadReport,
  crowded: boolean,
): void {
  const { ready, running, waiting, blocked } = states;
  const shown = `${id} (${role}): ${JSON.stringify(states)}`;
  const main = blockedBy[0]?.reason;
  switch (role) {
    case 'busy':
      compare.check(`busy ${shown}`, running + ready > 5 * (waiting + blocked));
      if (crowded) compare.check(`Ready dominates in ${shown}`, ready > 2 * running);
      return;
    case 'idle':
      compare.check(`idle ${shown}`, waiting > 2 * blocked);
      return;
    case 'atomics':
      compare.check(`blocked in Atomics.wait ${shown}`, main === 'atomicsWait');
      return;
    case 'exec':
      compare.check(`blocked in execSync ${shown}`, main === 'childProcess');
      return;
    case 'sleeps':
      compare.check(`asleep ${shown}`, blocked > waiting);
      return;
    default:
      assert.equal(role, 'mixed');
      compare.check(`mixed ${shown}`, running > 0 && waiting > 0 && blocked > 0);
  }
}
