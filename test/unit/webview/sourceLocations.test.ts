import assert from 'node:assert/strict';
import { effect } from '@preact/signals-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseFromWebview } from '../../../src/protocol/messages';
import { SourceLocations } from '../../../webview/sourceLocations';

interface Asked {
  readonly at: number;
  readonly locations: readonly string[];
}

function listening(): { readonly sources: SourceLocations; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const sources = new SourceLocations((locations) => asked.push({ at: performance.now(), locations }));
  return { sources, asked };
}

describe('source locations of the panel', () => {
  it('are as recorded until the host has answered, and whoever shows them is told', async () => {
    const { sources, asked } = listening();
    const shown: string[] = [];
    const stop = effect(() => void shown.push(sources.place('/out.js:1:99').location));
    await sleep(20);
    assert.deepEqual(
      asked.map(({ locations }) => locations),
      [['/out.js:1:99']],
    );
    sources.receive([
      ['/out.js:1:99', '/src/a.ts:7:3', null],
      ['/never/asked.js:1:1', '/x.ts:1:1', null],
    ]);
    assert.deepEqual(shown, ['/out.js:1:99', '/src/a.ts:7:3']);
    assert.deepEqual(sources.place('/out.js:1:99'), {
      location: '/src/a.ts:7:3',
      generated: '/out.js:1:99',
      problem: null,
    });
    stop();
  });

  it('keep the recorded line when there is no other, with the reason', () => {
    const { sources } = listening();
    sources.place('/out.js:1:99');
    sources.receive([['/out.js:1:99', null, 'No map.']]);
    assert.deepEqual(sources.place('/out.js:1:99'), {
      location: '/out.js:1:99',
      generated: null,
      problem: 'No map.',
    });
  });

  it('are asked for once, in questions that a host takes, ten a second at most', async () => {
    const { sources, asked } = listening();
    const all = [
      ...Array.from({ length: 450 }, (_, n) => `/a.js:${n}:1`),
      ...Array.from({ length: 12 }, (_, n) => `/${'\u0001'.repeat(4000)}.js:${n}:1`),
    ];
    for (const each of [...all, ...all, 'x'.repeat(5000)]) sources.place(each);
    for (let n = 0; n < 200 && asked.flatMap(({ locations }) => locations).length < all.length; n++)
      await sleep(20);
    assert.deepEqual(
      asked.flatMap(({ locations }) => locations),
      all,
    );
    for (const { locations } of asked) {
      const message = { type: 'locate', locations };
      assert.deepEqual(parseFromWebview(message), message);
      assert.ok(Buffer.byteLength(JSON.stringify(message)) < 64 * 1024);
    }
    for (const [index, { at }] of asked.entries())
      assert.ok(index === 0 || at - (asked[index - 1]?.at ?? 0) > 95, 'too often');
    await sleep(150);
    assert.equal(asked.flatMap(({ locations }) => locations).length, all.length);
  });

  it('are asked for again for another run', async () => {
    const { sources, asked } = listening();
    sources.place('/out.js:1:99');
    await sleep(20);
    sources.receive([['/out.js:1:99', '/src/a.ts:7:3', null]]);
    sources.clear();
    assert.equal(sources.place('/out.js:1:99').location, '/out.js:1:99');
    await sleep(150);
    assert.equal(asked.length, 2);
  });
});
