import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NS_PER_MS } from '../../../src/base/units';
import { handledMessages } from '../../../src/model/handledMessages';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { forEachSpan, spanOf, type Span, type SpanRun } from '../../../src/model/spans';
import type { Model, Thread } from '../../../src/model/types';
import { readAll } from '../../support/recordings';
import { STORY_START } from '../../support/storyLine';
import { modelOf, recordingOf } from '../../support/traceNotation';

const at = (ms: number): number => STORY_START + ms * NS_PER_MS;

const pair = `
  5   main begins pid=100 cpu=0
  6   main creates 1 ./w.js at=main.js:2:9
  6   main holds 1 creator call=1
  7   main created 1 worker=1
  9   w begins pid=100 worker=1 tid=107 call=main#1 cpu=3
  9   w holds 1 worker`;

function runsOf(model: Model, id: string, from: number, to: number, pixelMs: number): SpanRun[] {
  const runs: SpanRun[] = [];
  const thread = model.threads.get(id)!;
  forEachSpan(model, thread, at(from), at(to), pixelMs * NS_PER_MS, (run) => runs.push(run));
  return runs;
}

/** `message 10..14`, `5 message 10..20` of several, `wait 10..` of one that lasts. */
function outline(model: Model, id: string, from = 0, to = 1000, pixelMs = 0.001): string[] {
  const thread = model.threads.get(id)!;
  return runsOf(model, id, from, to, pixelMs).map((run) => {
    const ms = (time: number | null): string =>
      time === null ? '' : String(Math.round((time - STORY_START) / NS_PER_MS));
    const kind = spanOf(model, thread, run)?.kind ?? '?';
    return `${run.count > 1 ? `${run.count} ` : ''}${kind} ${ms(run.start)}..${ms(run.end)}`;
  });
}

describe('spans', () => {
  it('are messages, waits, blocking calls and long tasks', () => {
    const model = modelOf(`${pair}
      10  w shares 1 64
      20  w gets 1 1
      22  w waits 1 1 0 at=w.js:3:1
      30  w wakes 1 timed-out
      31  w calls 1 execSync "ls -l" at=w.js:4:1
      35  w started 1 pid=101
      40  w handled 1 1
      50  w gets 1 2 took=1
      60  w stalls since=19`);
    assert.deepEqual(outline(model, '100/1'), [
      'longTask 19..60',
      'message 20..40',
      'message 50..51',
      'wait 22..30',
      'syncCall 31..35',
    ]);
    const w = model.threads.get('100/1')!;
    const spans = runsOf(model, '100/1', 0, 99, 0.001).map((run) => spanOf(model, w, run)!);
    const find = <K extends Span['kind']>(kind: K): Extract<Span, { kind: K }> =>
      spans.find((span): span is Extract<Span, { kind: K }> => span.kind === kind)!;
    assert.equal(find('message').message, 1);
    assert.equal(find('wait').wait.cell, 0);
    assert.equal(find('syncCall').call?.api, 'execSync');
  });

  it('that last have no end', () => {
    const model = modelOf(`${pair}
      10  w shares 1 64
      20  w gets 1 1
      22  w waits 1 1 0`);
    assert.deepEqual(outline(model, '100/1'), ['message 20..', 'wait 22..']);
  });

  it('that lasted end with their thread', () => {
    const model = modelOf(`${pair}
      20  w gets 1 1
      30  w ends code=0
      31  main lost 1 worker=1 code=0`);
    assert.deepEqual(outline(model, '100/1'), ['message 20..31']);
  });

  it('whose end was never told have no length', () => {
    const model = modelOf(`${pair}
      20  w gets 1 1
      30  w gets 1 2 took=5`);
    assert.deepEqual(outline(model, '100/1'), ['message 20..20', 'message 30..35']);
  });

  it('of a port that the thread gave away stay where they were', () => {
    const model = modelOf(`${pair}
      20  main holds 3 pair peer=4
      20  main holds 4 pair peer=3
      20  main sends 3 1
      21  main gets 4 1 took=1
      22  main moves 4 via=1 message=1 index=0 received=1
      22  main sends 1 1
      23  w holds 2 message via=1 message=1 index=0
      24  main sends 3 2
      25  w gets 2 1 took=2`);
    assert.deepEqual(outline(model, '100/0'), ['message 21..22']);
    assert.deepEqual(outline(model, '100/1'), ['message 25..27']);
  });

  it('that are too short stand together, except long ones among them', () => {
    const short = Array.from({ length: 9 }, (_, index) => `${20 + index} w gets 1 ${index + 1} took=0.5`);
    const model = modelOf(`${pair}\n${short.join('\n')}\n29.5 w gets 1 10 took=30`);
    // Pixels begin at multiples of their width.
    assert.deepEqual(outline(model, '100/1', 0, 100, 10), ['10 message 20..30', 'message 30..60']);
    const [several] = runsOf(model, '100/1', 0, 100, 10);
    assert.ok(several !== undefined && several.busy > 0.3 && several.busy <= 1, String(several?.busy));
  });

  it('that reach into the window are visited, however many lie within them', () => {
    const inner = Array.from({ length: 40 }, (_, index) => `${21 + index} w gets 2 ${index + 1} took=0`);
    const model = modelOf(`${pair}
      19  w holds 2 unknown
      20  w gets 1 1
      ${inner.join('\n')}
      90  w handled 1 1`);
    assert.deepEqual(outline(model, '100/1', 70, 80), ['message 20..90']);
  });
});

interface Delivery {
  readonly port: number;
  readonly before: number;
  readonly alone: number;
  readonly isTold: boolean;
  readonly inner: readonly Delivery[];
}

const { deliveries } = fc.letrec<{ deliveries: Delivery[]; delivery: Delivery }>((tie) => ({
  delivery: fc.record({
    port: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 30 }),
    alone: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 400 })),
    isTold: fc.boolean(),
    inner: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: tie('deliveries') }),
  }),
  deliveries: fc.array(tie('delivery'), { maxLength: 25, depthIdentifier: 'nest' }),
}));

/** As the probe writes it: what returns last of those not told at once is told last. */
function storyOf(all: readonly Delivery[]): string {
  const lines = [pair, '9 w holds 2 unknown', '9 w holds 3 unknown'];
  const numbers = [0, 0, 0, 0];
  let time = 10;
  const write = (list: readonly Delivery[]): void => {
    for (const { port, before, alone, isTold, inner } of list) {
      time += before;
      const start = time;
      const message = (numbers[port] = (numbers[port] ?? 0) + 1);
      if (isTold) lines.push(`${start} w gets ${port} ${message}`);
      write(inner);
      time += alone;
      if (isTold) lines.push(`${time} w handled ${port} ${message}`);
      else lines.push(`${start} w gets ${port} ${message} took=${time - start}`);
    }
  };
  write(all);
  return lines.join('\n');
}

function naiveSpans(model: Model, thread: Thread): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { ports } of model.index.sources.values()) {
    for (const { threadId, receiving } of ports.values()) {
      for (let place = 0; place < (receiving.columns?.length ?? 0); place++) {
        const start = receiving.columns!.time(place);
        if (threadId === thread.id) spans.push({ start, end: start + receiving.columns!.duration(place)! });
      }
    }
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

describe('visiting spans by jumps', () => {
  it('misses none, visits long ones one by one, and others once a pixel', () => {
    fc.assert(
      fc.property(
        deliveries,
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 100 }),
        (all, from, width, pixel) => {
          const model = modelOf(storyOf(all));
          const thread = model.threads.get('100/1')!;
          const naive = naiveSpans(model, thread);
          const list = handledMessages(model, thread);
          assert.deepEqual(
            naive.map(({ start }) => start),
            naive.map((_, index) => list.start(index)),
          );
          const seen = new Set<number>();
          const alone = new Set<number>();
          let together = 0;
          for (const { index, count } of runsOf(model, thread.id, from, from + width, pixel)) {
            if (count > 1) together++;
            else {
              assert.ok(!alone.has(index), 'visited twice');
              alone.add(index);
            }
            for (let each = 0; each < count; each++) seen.add(index + each);
          }
          assert.ok(together <= width / pixel + 1, 'once a pixel');
          for (let index = 0; index < list.length; index++) {
            const [start, end] = [list.start(index), list.end(index)];
            if (start >= at(from + width) || (start < at(from) && end <= at(from))) continue;
            assert.ok(seen.has(index), `misses ${index}`);
            if (end - start > pixel * NS_PER_MS) assert.ok(alone.has(index), `${index} is long`);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is the same whether records come at once or one by one', () => {
    fc.assert(
      fc.property(deliveries, fc.integer({ min: 1, max: 5 }), (all, every) => {
        const story = storyOf(all);
        const growing = emptyModel();
        readAll([recordingOf(story)]).records.forEach(({ record, source }, place) => {
          reduce(growing, record, source);
          const thread = growing.threads.get('100/1');
          if (thread !== undefined && place % every === 0) handledMessages(growing, thread);
        });
        // Spans that begin and are told at the same time may be in either order.
        const sorted = (lines: string[]): string[] => lines.sort();
        assert.deepEqual(
          sorted(outline(growing, '100/1', 0, 1e6, 1e-6)),
          sorted(outline(modelOf(story), '100/1', 0, 1e6, 1e-6)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
