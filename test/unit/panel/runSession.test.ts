import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakePage, FakeRun, host, sessionWith, settle } from './sessionFakes';

describe('a panel session', () => {
  it('says nothing before the page is ready, then opens, and sends what there is and what comes', async () => {
    const page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    run.append(10);
    await settle();
    assert.deepEqual(page.log, []);
    session.receive({ type: 'ready' });
    await settle();
    assert.deepEqual(page.log, ['open', 'status', 'bytes']);
    run.append(5);
    await settle();
    assert.deepEqual(page.bytes, run.bytes);
  });

  it('says that the run has ended only after its last byte', async () => {
    const page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      pieceBytes: 4,
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'starting' });
    run.append(11);
    session.setStatus({ state: 'ended', problem: null });
    session.receive({ type: 'ready' });
    await settle();
    assert.deepEqual(page.log, ['open', 'bytes', 'bytes', 'bytes', 'status']);
    assert.deepEqual(page.status, { state: 'ended', problem: null });
  });

  it('sends nothing while the page is hidden, and everything to its successor', async () => {
    let page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    session.receive({ type: 'ready' });
    run.append(3);
    await settle();
    session.setVisible(false);
    page = new FakePage();
    for (let i = 0; i < 5; i++) run.append(7);
    await settle();
    assert.deepEqual(page.log, []);
    session.setVisible(true);
    session.receive({ type: 'ready' });
    await settle();
    assert.deepEqual(page.bytes, run.bytes);
  });

  it('posts live bytes in batches, the first at once', async () => {
    const times: number[] = [];
    const run = new FakeRun();
    const session = sessionWith({
      batchMs: 40,
      post: (message) => {
        if (message.type === 'bytes') times.push(performance.now());
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    session.receive({ type: 'ready' });
    const begin = performance.now();
    while (performance.now() - begin < 200) {
      run.append(1);
      await sleep(2);
    }
    assert.ok(times.length >= 3 && times.length <= 7, `${times.length} batches in 200 ms`);
    assert.ok((times[0] ?? Infinity) - begin < 35);
    session.dispose();
  });

  it('says so when the recording cannot be read', async () => {
    const page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    session.receive({ type: 'ready' });
    run.append(3);
    await settle();
    run.failure = new Error('EIO');
    run.append(3);
    await settle();
    assert.deepEqual(page.status, { state: 'failed', problem: 'Unreadable: EIO.' });
    assert.deepEqual(page.bytes, run.bytes.slice(0, 3));
  });

  it('answers which lines of source the locations come from, in parts that can be sent', async () => {
    const page = new FakePage();
    const asked: (readonly string[])[] = [];
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
      locate: (locations) => {
        asked.push(locations);
        const long = 'x'.repeat(4000);
        return Promise.resolve(locations.map((each) => [each, `/${long}.ts:1:1`, null] as const));
      },
    });
    const locations = Array.from({ length: 60 }, (_, n) => `/a.js:${n}:1`);
    session.receive({ type: 'locate', locations });
    await settle();
    assert.equal(page.entries.length, 0, 'nothing is shown yet');
    session.show(new FakeRun(), host, { state: 'live' });
    session.receive({ type: 'ready' });
    session.receive({ type: 'locate', locations });
    session.receive({ type: 'locate', locations: [...locations, 1] });
    session.receive({ type: 'locate', locations: Array(201).fill('/a.js:1:1') });
    session.receive({ type: 'locate', locations: ['x'.repeat(5000)] });
    session.receive({ type: 'locate' });
    await settle();
    assert.equal(asked.length, 2);
    assert.deepEqual(
      page.entries.map(([generated]) => generated),
      locations,
    );
    assert.equal(page.log.filter((type) => type === 'located').length, 3);
  });

  it('sends no answer about a run that is not shown any more, nor to a page that is hidden', async () => {
    const page = new FakePage();
    const answers: (() => void)[] = [];
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
      locate: (locations) =>
        new Promise((resolve) => answers.push(() => resolve(locations.map((each) => [each, null, null])))),
    });
    session.show(new FakeRun(), host, { state: 'live' });
    session.receive({ type: 'ready' });
    session.receive({ type: 'locate', locations: ['/a.js:1:1'] });
    session.show(new FakeRun(), host, { state: 'live' });
    session.receive({ type: 'locate', locations: ['/b.js:1:1'] });
    session.setVisible(false);
    for (const answer of answers) answer();
    await settle();
    assert.deepEqual(page.entries, []);
  });

  it('passes on requests, and only those of the protocol', () => {
    const heard: string[] = [];
    const session = sessionWith({
      post: () => Promise.resolve(true),
      requests: {
        stop: () => heard.push('stop'),
        restart: () => heard.push('restart'),
        openSource: (location) => heard.push(location),
        chooseScript: () => heard.push('choose'),
        openExample: (example) => heard.push(example),
      },
    });
    for (const message of [
      { type: 'stop' },
      { type: 'restart' },
      { type: 'openSource', location: '/a.js:1:1' },
      { type: 'openSource', location: 1 },
      { type: 'openExample', example: 'mix' },
      { type: 'openExample', example: '../../x' },
      { type: 'chooseScript' },
      { type: 'dispose' },
      'stop',
      null,
    ]) {
      session.receive(message);
    }
    assert.deepEqual(heard, ['stop', 'restart', '/a.js:1:1', 'mix', 'choose']);
  });
});
