import type { BufferHolder, BufferNode, SharedBuffer } from './sharedBufferTypes';
import type { Model } from './types';

/** The node of `LOG:BUFFER`, known or not. */
export function bufferNode(model: Model, name: string): BufferNode {
  const { bufferNodes } = model.index.messages;
  const known = bufferNodes.get(name);
  if (known !== undefined) return known;
  const facts: SharedBuffer = { bytes: null, isWasm: false, holders: new Map() };
  const node: BufferNode = { kind: 'buffer', name, parent: null, facts };
  bufferNodes.set(name, node);
  return node;
}

/** The node that stands for the whole backing store. */
export function rootOf(node: BufferNode): BufferNode {
  let root = node;
  while (root.parent !== null) root = root.parent;
  // Chains are shortened on the way: memory handed on a million times is still found at once.
  for (let at = node; at.parent !== null && at.parent !== root;) {
    const next: BufferNode = at.parent;
    at.parent = root;
    at = next;
  }
  return root;
}

export function factsOf(node: BufferNode): SharedBuffer {
  const { facts } = rootOf(node);
  if (facts === null) throw new Error('Only a joined node has no facts');
  return facts;
}

/** The two are the same memory. */
export function joinBuffers(one: BufferNode, other: BufferNode): void {
  const roots = [rootOf(one), rootOf(other)] as const;
  if (roots[0] === roots[1]) return;
  const isFirstLarger = factsOf(roots[0]).holders.size >= factsOf(roots[1]).holders.size;
  const [root, joined] = isFirstLarger ? roots : [roots[1], roots[0]];
  const target = factsOf(root);
  const source = factsOf(joined);
  joined.parent = root;
  joined.facts = null;
  target.bytes = largest(target.bytes, source.bytes);
  target.isWasm ||= source.isWasm;
  for (const holder of source.holders.values()) addHolder(target, holder);
}

/** A thread holds it since it was first seen to, under whatever name. */
export function addHolder(buffer: SharedBuffer, holder: BufferHolder): void {
  const known = buffer.holders.get(holder.threadId);
  if (known === undefined || isBefore(holder, known)) buffer.holders.set(holder.threadId, holder);
}

export function isBefore(one: BufferHolder, other: BufferHolder): boolean {
  return one.since === other.since ? one.name < other.name : one.since < other.since;
}

export function largest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
