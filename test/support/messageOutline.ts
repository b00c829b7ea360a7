import { NS_PER_MS, type Ns } from '../../src/base/units';
import { directions, type Direction } from '../../src/model/channels';
import { forEachMessage, type Message } from '../../src/model/messages';
import { sharedBuffers } from '../../src/model/sharedBuffers';
import type { Model } from '../../src/model/types';
import { waitViews } from '../../src/model/waits';
import { STORY_START } from './storyLine';

/**
 * What went over a model's channels, a line a direction, sorted:
 *
 *     worker:main#1 0>1: 100/0 -> 100/1 sent 3 received 2 waiting 1
 */
export function channelOutline(model: Model): string[] {
  return directions(model).map(describe).sort();
}

function describe({ id, from, to, sent, received, waiting }: Direction): string {
  const counts = `sent ${sent} received ${received ?? '?'} waiting ${waiting ?? '?'}`;
  return `${id}: ${from ?? '?'} -> ${to ?? '?'} ${counts}`;
}

/** The one direction with this id. */
export function directionOf(model: Model, id: string): Direction {
  const found = directions(model).filter((direction) => direction.id === id);
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`${found.length} directions are called ${id}:\n${channelOutline(model).join('\n')}`);
  }
  return found[0];
}

/** The recorded messages of a direction: `2 10..12 +3` was sent at 10, delivered at 12 and handled for 3 ms. */
export function messageOutline(model: Model, id: string, from = 0, to = Infinity): string[] {
  const lines: string[] = [];
  const [start, end] = [STORY_START + from * NS_PER_MS, STORY_START + to * NS_PER_MS];
  forEachMessage(model, directionOf(model, id), start, end, (message) => {
    lines.push(describeMessage(message));
  });
  return lines;
}

function describeMessage({ number, sent, received, handleDuration }: Message): string {
  const handled = handleDuration === null ? '' : ` +${inMs(handleDuration)}`;
  return `${number} ${moment(sent)}..${moment(received)}${handled}`;
}

/** `main:1 16 bytes: 100/0 since 6, 100/1 since 9` */
export function bufferOutline(model: Model): string[] {
  return sharedBuffers(model).map(({ id, bytes, isWasm, holders }) => {
    const list = holders.map(({ threadId, since }) => `${threadId} since ${moment(since)}`).join(', ');
    return `${id} ${bytes} bytes${isWasm ? ' wasm' : ''}: ${list}`;
  });
}

/** `100/1 10..30 ok main:1+4 by 100/0` */
export function waitOutline(model: Model): string[] {
  return waitViews(model).map(({ threadId, start, end, result, buffer, byteOffset, wokenBy }) => {
    const by = wokenBy === null ? '' : ` by ${wokenBy.threadId} at ${moment(wokenBy.time)}`;
    return `${threadId} ${moment(start)}..${moment(end)} ${result ?? '-'} ${buffer ?? '?'}+${byteOffset}${by}`;
  });
}

function moment(time: Ns | null): string {
  return time === null ? '' : String(inMs(time - STORY_START));
}

function inMs(ns: Ns): number {
  return Math.round((ns / NS_PER_MS) * 10) / 10;
}
