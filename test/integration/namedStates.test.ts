import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { currentState, forEachInterval } from '../../src/model/select';
import type { Model, Thread } from '../../src/model/types';
import { cviz, programPath } from '../support/cviz';
import { FollowedRecording } from '../support/followedRecording';
import { describeOnLinux, toldLines } from '../support/groundTruth';
import { temporaryFolder } from '../support/temporaryFolder';

interface Activity {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Nanoseconds, when it began. */
  readonly time: number;
}

/** States and reasons that are right for each activity, a word each. */
const rightNames: Readonly<Record<string, readonly string[]>> = {
  atomics: ['blocked/atomicsWait'],
  spin: ['running', 'ready'],
  idle: ['waiting/eventLoop'],
  openFifo: ['blocked/pipe'],
  readFifo: ['blocked/pipe'],
  cat: ['blocked/pipe'],
  exec: ['blocked/childProcess'],
};

const NAMED_WITHIN_NS = 250e6;
const LOOK_INTERVAL_MS = 10;

describeOnLinux('what a thread is doing is named rightly within 250 ms', () => {
  const folder = temporaryFolder();

  it('asleep in Atomics.wait, spinning, idle, in execSync, reading a FIFO: live and afterwards', async () => {
    const fifos = [folder.file('fifo'), folder.file('held')];
    execFileSync('mkfifo', fifos);
    const file = folder.file('x.cviz');
    const recording = new FollowedRecording(file);
    const live = new LiveLooks(recording);
    let stdout = '';
    await cviz(['record', '-o', file, '--', programPath('states/activities.js'), ...fifos], {
      limitMs: 30_000,
      during: (child) => {
        child.stdout.on('data', (text: string) => (stdout += text));
        const timer = setInterval(() => {
          live.look(activitiesIn(stdout));
        }, LOOK_INTERVAL_MS);
        child.on('close', () => {
          clearInterval(timer);
        });
      },
    });
    recording.read();
    recording.close();
    const activities = activitiesIn(stdout);
    assert.deepEqual(activities.map(({ name }) => name).sort(), Object.keys(rightNames).sort());
    const end = endIn(stdout) ?? assert.fail('the program told of its end');
    assert.deepEqual(live.mistakesBefore(end), [], 'live');
    for (const { name } of activities)
      assert.ok((live.looks.get(name) ?? 0) >= 5, `${name} was looked at: ${live.looks.get(name)}`);
    assert.deepEqual(
      activities.flatMap((activity) => mistakesAfterwards(recording.model, activity, end)),
      [],
      'afterwards',
    );
  });
});

function activitiesIn(stdout: string): Activity[] {
  return toldLines<Activity>(stdout.slice(0, stdout.lastIndexOf('\n') + 1), 'activity');
}

function endIn(stdout: string): number | null {
  return toldLines<{ time: number }>(stdout, 'end')[0]?.time ?? null;
}

/** Looks again and again at what the recording says by now. */
class LiveLooks {
  readonly looks = new Map<string, number>();
  private readonly mistakes: { readonly time: number; readonly text: string }[] = [];
  private readonly recording: FollowedRecording;
  /** When each activity was last named rightly. */
  private readonly right = new Map<string, number>();
  private lastLook = now();

  constructor(recording: FollowedRecording) {
    this.recording = recording;
  }

  /** Any thread wakes up for a moment now and then, and that is said as well: a name is wrong when it stays so for 250 ms. */
  look(activities: readonly Activity[]): void {
    const before = now();
    // On a busy machine it may be long since we last could look.
    const unseen = before - this.lastLook;
    this.lastLook = before;
    this.recording.read();
    const time = now();
    for (const activity of activities) {
      const { name } = activity;
      const thread = findThread(this.recording.model, activity);
      const seen = thread === null ? 'not seen' : nameOf(this.recording.model, thread);
      this.looks.set(name, (this.looks.get(name) ?? 0) + 1);
      if (rightNames[name]?.includes(seen) === true) this.right.set(name, before);
      const wrongFor = before - Math.max(activity.time, this.right.get(name) ?? 0);
      if (wrongFor - unseen <= NAMED_WITHIN_NS) continue;
      this.mistakes.push({ time, text: `${name} is ${seen}, for ${(wrongFor / 1e6).toFixed()} ms` });
    }
  }

  /** What was seen later is of threads that were ending or had ended. */
  mistakesBefore(end: number): string[] {
    return this.mistakes.filter(({ time }) => time < end).map(({ text }) => text);
  }
}

function now(): number {
  return Number(process.hrtime.bigint());
}

function findThread(model: Model, { pid, tid }: Activity): Thread | null {
  for (const thread of model.threads.values()) {
    if (thread.tid === tid && model.processes.get(thread.processId)?.pid === pid) return thread;
  }
  return null;
}

function nameOf(model: Model, thread: Thread): string {
  const { state, reason } = currentState(model, thread);
  return state === 'waiting' || state === 'blocked' ? `${state}/${reason}` : state;
}

/** In the whole recording, from 250 ms after the beginning to the end: at most a tenth is named wrongly, never for 250 ms. */
function mistakesAfterwards(model: Model, activity: Activity, end: number): string[] {
  const { name } = activity;
  const from = activity.time + NAMED_WITHIN_NS;
  const thread = findThread(model, activity) ?? assert.fail(`${name} is in the model`);
  let checked = 0;
  let wrong = 0;
  let wrongFor = 0;
  const mistakes: string[] = [];
  forEachInterval(model, thread, from, end, (interval) => {
    const { start, end: over, running, ready, blocked, waiting, reason } = interval;
    const length = over - start;
    const inside = Math.min(over, end) - Math.max(start, from);
    // A short stretch across the edge holds something of what was before or comes after.
    if (inside < length && length < NAMED_WITHIN_NS) return;
    checked += inside;
    const parts = new Map([
      ['running', running],
      ['ready', ready],
      [`blocked/${reason}`, blocked],
      [`waiting/${reason}`, waiting],
    ]);
    const rightly = (rightNames[name] ?? []).reduce((sum, part) => sum + (parts.get(part) ?? 0), 0);
    const isRight = rightly >= length / 2;
    wrongFor = isRight ? 0 : wrongFor + inside;
    // A thread that wakes now and then may have to wait for a CPU, on a busy machine for longer than it sleeps.
    if (!isRight && ready < length / 2) wrong += inside;
    if (wrongFor > NAMED_WITHIN_NS) mistakes.push(`${name}: ${JSON.stringify([...parts])}`);
  });
  if (checked < 0.3e9) mistakes.push(`${name}: only ${checked} ns were checked`);
  if (wrong > checked / 10) mistakes.push(`${name}: ${wrong} of ${checked} ns are named wrongly`);
  return mistakes;
}
