import assert from 'node:assert/strict';
import fc from 'fast-check';
import { channelViews, type Direction } from '../../../src/model/channels';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import type { Model } from '../../../src/model/types';
import { readAll, type SourcedRecord } from '../../support/recordings';
import { bufferOutline, channelOutline, messageOutline, waitOutline } from '../../support/messageOutline';
import { recordingOf } from '../../support/traceNotation';

/** Ports that travel, buffers that travel on them, broadcasts, a child process, waits and a killed worker. */
const story = `
  5   main begins pid=100 ticks=7
  6   main creates 1 ./w.js at=main.js:2:9
  6   main holds 1 creator call=1
  6   main holds 9 pair peer=10
  6   main holds 10 pair peer=9
  6   main moves 10 call=1 index=0
  7   main created 1 worker=1
  7   main creates 2 ./v.js at=main.js:3:9
  7   main holds 2 creator call=2
  8   main created 2 worker=2
  9   main calls 3 fork "node child.js" at=main.js:4:9
  9   main holds 3 ipcParent call=3
  9   main started 3 pid=101 ticks=8
  10  w begins pid=100 ticks=7 worker=1 tid=107 call=main#1
  10  w holds 1 worker
  10  w holds 5 workerData index=0
  11  v begins pid=100 ticks=7 worker=2 tid=108 call=main#2
  11  v holds 1 worker
  12  child begins pid=101 ppid=100 ticks=8 call=main#3
  12  child holds 1 ipcChild
  13  main holds 4 broadcast name=news
  13  w holds 4 broadcast name=news
  13  v holds 4 broadcast name=news
  20  main holds 5 pair peer=6 at=main.js:9:1
  20  main holds 6 pair peer=5 at=main.js:9:1
  21  main shares 1 1024 at=main.js:10:1
  21  main moves 6 via=1 message=1 index=0
  21  main passes 1 via=1 message=1 index=0
  21  main sends 1 1
  22  w holds 2 message via=1 message=1 index=0
  22  w shares 1 1024 via=1 message=1 index=0
  22  w gets 1 1 took=1
  23  main sends 5 1 bytes=30
  24  w gets 2 1 took=1
  25  w sends 2 1
  26  w holds 7 pair peer=8
  26  w holds 8 pair peer=7
  27  w moves 2 via=1 message=1 index=0 sent=1 received=1
  27  w sends 1 1
  28  main holds 7 message via=1 message=1 index=0
  28  main gets 1 1
  28  main moves 7 via=2 message=1 index=0
  28  main sends 2 1
  29  v holds 2 message via=1 message=1 index=0
  29  v gets 1 1
  30  main passes 1 via=5 message=2
  30  main sends 5 2
  31  v shares 1 1024 via=2 message=1 index=0
  31  v gets 2 1 took=2
  32  v sends 2 1
  33  main gets 5 1
  33  main gets 5 2
  34  w moves 8 via=5 message=1 index=0
  34  w sends 5 1
  35  main holds 8 message via=9 message=1 index=0
  35  main gets 9 1
  36  main sends 8 1
  37  w gets 7 1
  40  main sends 4 1
  41  w sends 4 1
  42  v gets 4 1 took=1
  42  v gets 4 2 took=1
  43  w gets 4 1
  43  main gets 4 1
  44  main sends 3 1 bytes=12
  45  child gets 1 1
  46  child sends 1 1 bytes=7
  47  main gets 3 1
  50  w waits 1 1 0
  51  v waits 1 1 1
  55  main notifies 1 0 1
  56  w wakes 1 ok
  57  main notifies 1 1 1
  58  v wakes 1 ok
  60  v sends 1 1
  61  main gets 2 1
  61  main gets 2 2
  62  main terminates 2
  63  main lost 2 worker=2 code=1
  64  main counts 1 sent=40 bytes=400 every=10
  65  main ends code=0`;

const records = readAll([recordingOf(story)]).records;
const sources = [...new Set(records.map(({ source }) => source))];

/** Every log in its own order, the logs in whatever order `turns` says. */
function interleaved(turns: readonly number[]): SourcedRecord[] {
  const queues = new Map(sources.map((source) => [source, records.filter((one) => one.source === source)]));
  const result: SourcedRecord[] = [];
  for (const turn of turns) {
    const open = [...queues.values()].filter((queue) => queue.length > 0);
    const next = open[turn % open.length]?.shift();
    if (next === undefined) break;
    result.push(next);
  }
  for (const queue of queues.values()) result.push(...queue);
  return result;
}

/** Threads are numbered as they appear, which the order of logs decides: here they go by the call that made them. */
function described(model: Model): string[] {
  const directions = channelViews(model).flatMap((view) => view.directions);
  const lines = [
    ...channelOutline(model),
    ...directions.map((one) => figures(one)).sort(),
    ...directions.map(({ id }) => `${id}: ${messageOutline(model, id).join(', ')}`).sort(),
    ...channelViews(model).map(({ id, created }) => `${id} made at ${created}`),
    ...channelViews(model).flatMap(({ id, threads }) => threads.map((thread) => `${id} held by ${thread}`)),
    ...bufferOutline(model),
    ...waitOutline(model),
    ...[...model.threads.values()].map(
      ({ id, endedBy }) => `${id} ended by ${endedBy?.threadId ?? 'itself'}`,
    ),
  ];
  return lines.map((line) => line.replace(/\b\d+\/\d+\b/g, (id) => nameOf(model, id))).sort();
}

function figures(direction: Direction): string {
  const plain = { ...direction, from: null, to: null, sender: null, receiver: null };
  return JSON.stringify(plain);
}

function nameOf(model: Model, id: string): string {
  const thread = model.threads.get(id);
  return `${thread?.processId ?? '?'}/${thread?.callToken ?? 'main'}`;
}

/** Reads the records, looking at the results after each of these counts, as a panel does. */
function modelOf(sequence: readonly SourcedRecord[], looks: ReadonlySet<number>): Model {
  const model = emptyModel();
  for (const [index, { record, source }] of sequence.entries()) {
    reduce(model, record, source);
    if (looks.has(index)) described(model);
  }
  return model;
}

describe('logs that are read in any order', () => {
  const expected = described(modelOf(records, new Set()));
  const turns = fc.oneof(
    fc.array(fc.nat({ max: 3 }), { maxLength: records.length, size: 'max' }),
    // One log far ahead of the others.
    fc.shuffledSubarray(sources).map((order) => order.flatMap((source) => Array<number>(20).fill(source))),
  );

  it('tell of the same channels, messages, buffers and waits', () => {
    fc.assert(
      fc.property(turns, fc.array(fc.nat({ max: records.length })), (order, looks) => {
        assert.deepEqual(described(modelOf(interleaved(order), new Set(looks))), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('tell of everything in the story', () => {
    const text = expected.join('\n');
    assert.match(text, /port:main:5:6 0>1: 1 23\.\.24 \+1, 2 30\.\.31 \+2/);
    assert.match(text, /port:main:5:6 1>0: 1 25\.\.33, 2 32\.\.33/);
    assert.match(text, /port:w:7:8 1>0: 1 36\.\.37/);
    assert.match(text, /main:1 1024 bytes: 100\/main since 21, 100\/main#1 since 22, 100\/main#2 since 31/);
    assert.match(text, /100\/main#2 51\.\.58 ok main:1\+4 by 100\/main at 57/);
    assert.match(text, /worker:main#2 1>0: 100\/main#2 -> 100\/main sent 2 received 2/);
    assert.doesNotMatch(text, /unknown/);
  });
});
