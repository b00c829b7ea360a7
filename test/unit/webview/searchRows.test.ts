import assert from 'node:assert/strict';
import { rows } from '../../../src/model/select';
import { neighbourMatch } from '../../../webview/find/matches';
import { everything, type Arrangement } from '../../../webview/rows/arrangement';
import { longestBlockedOf } from '../../../webview/rows/blockedStretch';
import { activeFilters } from '../../../webview/rows/rowFilter';
import { allOpen, arranged, example, picture } from './fixtures/arrangedRows';

describe('searching rows', () => {
  const { model, plain, server, resize, encode } = example();
  const found = (query: string, expansion = allOpen): string[] =>
    picture(arranged(model, { query }, expansion).rows);

  it('keeps what matches and the processes around it', () => {
    assert.deepEqual(found('resize'), ['node server.js --port=80', '  worker 1 · resize']);
    assert.deepEqual(found('builder'), [
      'node server.js --port=80',
      '  sh -c make',
      '    node builder.js',
      '      main',
    ]);
  });

  it('finds pids, tids, thread ids, worker files and arguments, in capitals or not', () => {
    resize.tid = 4711;
    model.revision++;
    assert.ok(found('4711').includes('  worker 1 · resize'));
    assert.ok(found('encode-WORKER.js').includes('  worker 2 · 인코더'));
    assert.equal(found('101')[1], '  sh -c make');
    assert.equal(found('PORT=80')[0], 'node server.js --port=80');
    assert.ok(found('"threadid 2"').includes('  worker 2 · 인코더'));
  });

  it('wants all of the words; some may name the process', () => {
    assert.deepEqual(found('server resize'), ['node server.js --port=80', '  worker 1 · resize']);
    assert.deepEqual(found('resize builder'), []);
    assert.deepEqual(found('"make resize"'), []);
  });

  it('finds Korean however its syllables are written', () => {
    assert.deepEqual(found('인코더'.normalize('NFD')), ['node server.js --port=80', '  worker 2 · 인코더']);
    encode.name = '인코더'.normalize('NFD');
    model.revision++;
    assert.equal(found('코').length, 2);
    encode.name = '인코더';
    model.revision++;
  });

  it('shows the threads of a process that was searched for', () => {
    assert.deepEqual(found('port=80'), [
      'node server.js --port=80',
      '  main',
      '  worker 1 · resize',
      '  worker 2 · 인코더',
      '  native threads (2)',
    ]);
  });

  it('opens the way to what it finds, and only while it lasts', () => {
    const closed = new Map([['100', false]]);
    assert.deepEqual(found('resize', closed), ['node server.js --port=80', '  worker 1 · resize']);
    assert.deepEqual(found('', closed), ['node server.js --port=80']);
    assert.deepEqual(found('libuv'), [
      'node server.js --port=80',
      '  native threads (1)',
      '    libuv-worker',
    ]);
  });

  it('finds threads by the line of a message they sent or received, and by a channel’s name', () => {
    const index = model.index.messages;
    index.locations.push('/srv/dispatch.js:14:3');
    const sending = { lines: new Map([[index.locations.length - 1, 3]]) };
    const holder = (threadId: string, lines: object | null) => ({
      threadId,
      sending: lines ?? { lines: null },
    });
    const channel = {
      id: 'c',
      kind: 'broadcast',
      callToken: null,
      name: 'progress',
      ends: [{ holders: [holder(server.threads[0]!.id, sending)] }, { holders: [holder(resize.id, null)] }],
    };
    // As much of a channel as the search looks at.
    model.channels.set('c', channel as unknown as NonNullable<ReturnType<typeof model.channels.get>>);
    model.revision++;
    const both = ['node server.js --port=80', '  main', '  worker 1 · resize'];
    assert.deepEqual(found('dispatch.js'), both);
    assert.deepEqual(found('Progress'), both);
    assert.deepEqual(found('dispatch main'), ['node server.js --port=80', '  main']);
    model.channels.clear();
    model.revision++;
  });

  it('goes from one match to the next and round at the ends', () => {
    const result = arranged(model, { query: 'worker' });
    assert.deepEqual(result.matches.length, 3);
    const [first, second, third] = result.matches;
    assert.equal(neighbourMatch(result, null, 1), first);
    assert.equal(neighbourMatch(result, first!, 1), second);
    assert.equal(neighbourMatch(result, third!, 1), first);
    assert.equal(neighbourMatch(result, first!, -1), third);
    assert.equal(neighbourMatch(result, '100/native', 1), third);
    assert.equal(neighbourMatch(result, '100/native', -1), second);
    assert.equal(neighbourMatch({ rows: [], matches: [] }, null, 1), null);
  });

  it('takes signs of regular expressions for what they are', () => {
    for (const query of ['.*', '(', '[a', '\\', '<b>', '"', '   ']) found(query);
    assert.deepEqual(found('.*'), []);
    plain.thread(server, { threadId: 9, name: 'a.*b' });
    assert.equal(found('.*').length, 2);
  });
});

describe('filtering rows', () => {
  function busy() {
    const made = example();
    const { plain, server, resize, encode, pool } = made;
    plain.did(server.threads[0]!, { running: 10 });
    plain.did(resize, { running: 1, waiting: 4 });
    plain.did(resize, { blocked: 2 });
    plain.did(resize, { blocked: 1 });
    plain.did(resize, { running: 1 });
    plain.did(encode, { waiting: 8 });
    plain.did(pool, { waiting: 10 });
    return made;
  }
  const titles = (wish: Partial<Arrangement>): string[] => picture(arranged(busy().model, wish).rows);

  it('by the state now, and by kind', () => {
    assert.deepEqual(titles({ states: ['waiting'] }), [
      'node server.js --port=80',
      '  worker 2 · 인코더',
      '  native threads (1)',
    ]);
    assert.deepEqual(titles({ states: ['terminated'] }), [
      'node server.js --port=80',
      '  sh -c make',
      '    node builder.js',
      '      main',
    ]);
    assert.deepEqual(titles({ kinds: ['worker'] }), [
      'node server.js --port=80',
      '  worker 1 · resize',
      '  worker 2 · 인코더',
    ]);
  });

  it('by a process and what it started, without what is around them', () => {
    const { model } = busy();
    const { rows: left, hidden } = arranged(model, { processId: '101' });
    assert.deepEqual(picture(left), ['sh -c make', '  node builder.js', '    main']);
    assert.equal(hidden, 5);
  });

  it('by one stretch of Blocked, whose parts count together', () => {
    const { model, resize } = busy();
    assert.equal(longestBlockedOf(model, resize), 3e9);
    assert.equal(arranged(model, { blockedLongerThan: 2.9e9 }).rows.length, 2);
    assert.equal(arranged(model, { blockedLongerThan: 3e9 }).rows.length, 0);
  });

  it('counts on where it stopped, and sees a wait that lasts', () => {
    const { plain, model, encode } = busy();
    for (let i = 0; i < 600; i++) plain.did(encode, i % 2 === 0 ? { running: 0.001 } : { blocked: 0.001 });
    assert.equal(Math.round(longestBlockedOf(model, encode)), 1e6);
    plain.did(encode, { blocked: 5 });
    assert.equal(Math.round(longestBlockedOf(model, encode)), 5.001e9);
    model.now = encode.timeline.end + 7e9;
    assert.equal(Math.round(longestBlockedOf(model, encode)), 12.001e9);
  });

  it('hides idle, native and ended ones', () => {
    const { model, encode } = busy();
    assert.deepEqual(picture(arranged(model, { hideNative: true }).rows).length, 7);
    assert.equal(arranged(model, { hideNative: true }).hidden, 1);
    assert.deepEqual(
      picture(arranged(model, { hideEnded: true }).rows).includes('    node builder.js'),
      false,
    );
    const isShown = (): boolean =>
      arranged(model, { hideIdle: true }).rows.some(({ id }) => id === encode.id);
    assert.equal(isShown(), false);
    encode.blockedSpans.push({ start: 0, end: 1, reason: 'lock', location: null, callToken: null });
    model.revision++;
    assert.equal(isShown(), true, 'the probe saw it blocked');
  });

  it('does not take for idle whom nobody looked at', () => {
    const { model } = example();
    assert.equal(arranged(model, { hideIdle: true }).hidden, 0);
  });

  it('says how many rows it hides, even if these are all', () => {
    const { model } = busy();
    const { rows: none, hidden } = arranged(model, { query: 'nobody' });
    assert.deepEqual([none.length, hidden], [0, rows(model, allOpen).length]);
  });

  it('counts the filters in use', () => {
    assert.deepEqual(activeFilters({ ...everything, states: ['new'], hideIdle: true, processId: '1' }), [
      'states',
      'processId',
      'hideIdle',
    ]);
  });
});
