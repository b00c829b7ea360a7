import type { Bytes } from '../base/units';
import { isBefore, rootOf } from './bufferNodes';
import type { BufferHolder, SharedBuffer } from './sharedBufferTypes';
import type { Model } from './types';

/** One backing store, as it is shown. */
export interface SharedBufferView {
  /** `LOG:BUFFER` of its first holder: the same in whatever order logs were read. */
  readonly id: string;
  readonly bytes: Bytes;
  readonly isWasm: boolean;
  /** In the order in which they were first seen to hold it. */
  readonly holders: readonly BufferHolder[];
}

const cache = new WeakMap<Model, { readonly stamp: number; readonly views: readonly SharedBufferView[] }>();

/** All backing stores that a thread told of, the oldest first. */
export function sharedBuffers(model: Model): readonly SharedBufferView[] {
  const stamp = model.index.messages.sharedRevision;
  const known = cache.get(model);
  if (known?.stamp === stamp) return known.views;
  const views = computeViews(model);
  cache.set(model, { stamp, views });
  return views;
}

function computeViews(model: Model): SharedBufferView[] {
  const views: SharedBufferView[] = [];
  for (const { facts } of model.index.messages.bufferNodes.values()) {
    const view = facts === null ? null : viewOf(facts);
    if (view !== null) views.push(view);
  }
  return views.sort((a, b) => compare(a.holders[0], b.holders[0]));
}

/** The id of the memory that a log calls `LOG:BUFFER`; null as long as nobody told of holding it. */
export function sharedBufferId(model: Model, name: string): string | null {
  const node = model.index.messages.bufferNodes.get(name);
  const facts = node === undefined ? null : rootOf(node).facts;
  return facts === null ? null : firstOf(facts);
}

function firstOf({ holders }: SharedBuffer): string | null {
  let first: BufferHolder | null = null;
  for (const holder of holders.values()) {
    if (first === null || isBefore(holder, first)) first = holder;
  }
  return first?.name ?? null;
}

function viewOf(facts: SharedBuffer): SharedBufferView | null {
  const holders = [...facts.holders.values()].sort(compare);
  const [first] = holders;
  if (first === undefined) return null;
  return { id: first.name, bytes: facts.bytes ?? 0, isWasm: facts.isWasm, holders };
}

function compare(one: BufferHolder | undefined, other: BufferHolder | undefined): number {
  if (one === undefined || other === undefined) return 0;
  return isBefore(one, other) ? -1 : 1;
}
