import { assertUnreachable } from '../base/assertUnreachable';
import { NS_PER_SECOND, type Ns } from '../base/units';
import type { TraceRecord } from '../trace/records';
import { reduceDeeds } from './reduceDeeds';
import { reduceFacts } from './reduceFacts';
import { reduceMessages } from './reduceMessages';
import * as probe from './reduceProbe';
import * as run from './reduceRun';
import { reduceShared } from './reduceShared';
import * as system from './reduceSystem';
import type { Model } from './types';

/**
 * Applies one record to the model: the only place where the model changes, and the same for a live run, a saved
 * recording and a test. `source` is the recording's number of the log the record came from.
 */
// eslint-disable-next-line max-lines-per-function -- a list of all kinds of records, by who reduces them
export function reduce(model: Model, record: TraceRecord, source: number): void {
  model.revision++;
  // The most frequent kind by far, so first.
  if (record.kind === 'threadSample') {
    noteTime(model, record.time);
    system.reduceSample(model, record);
    return;
  }
  if ('time' in record) noteTime(model, record.time);
  switch (record.kind) {
    case 'threadStart':
    case 'ancestor':
    case 'spawn':
    case 'spawnResult':
    case 'childExit':
    case 'worker':
    case 'workerResult':
    case 'workerExit':
    case 'uncaught':
    case 'threadEnd':
    case 'heap':
    case 'heapSpaces':
    case 'lost':
      probe.reduceProbe(model, record, source);
      return;
    case 'port':
    case 'portMoved':
    case 'send':
    case 'receive':
    case 'handled':
    case 'traffic':
    case 'peerTraffic':
      reduceMessages(model, record, source);
      return;
    case 'sharedBuffer':
    case 'bufferSent':
    case 'wait':
    case 'waitEnd':
    case 'notify':
      reduceShared(model, record, source);
      return;
    case 'kill':
    case 'terminate':
    case 'unobserved':
    case 'longTask':
      reduceDeeds(model, record, source);
      return;
    case 'samplerStart':
    case 'process':
    case 'thread':
    case 'tick':
    case 'threadGone':
    case 'processGone':
      system.reduceSystem(model, record);
      return;
    case 'memory':
    case 'processFacts':
    case 'threadFacts':
    case 'descriptors':
    case 'segment':
    case 'mapping':
    case 'unreadable':
    case 'processSample':
    case 'residentMemory':
      reduceFacts(model, record);
      return;
    case 'runStart':
    case 'rootStart':
    case 'rootExit':
    case 'runEnd':
    case 'notice':
      run.reduceRun(model, record);
      return;
    default:
      assertUnreachable(record);
  }
}

/** The sampler alone tells of itself at least once a second. */
const LONGEST_SILENCE: Ns = 30 * NS_PER_SECOND;
const MOST_GAPS = 10;

function noteTime(model: Model, time: Ns): void {
  model.start ??= time;
  const { now } = model;
  if (time > now) {
    // Without a sampler an idle program says nothing for hours.
    if (time - now > LONGEST_SILENCE && model.lastTick > 0) noteGap(model, now, time);
    model.now = time;
  } else if (now - time > LONGEST_SILENCE) model.clock.backwards++;
}

function noteGap(model: Model, start: Ns, end: Ns): void {
  const { clock } = model;
  clock.gapCount++;
  if (clock.gaps.length < MOST_GAPS) clock.gaps.push({ start, end });
}
