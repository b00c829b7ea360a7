import type { Process, Thread } from './types';

/** What a native thread is for; `other` outside Node, and where nobody can tell. */
export const nativeRoles = [
  'libuvPool',
  'v8Platform',
  'delayedTasks',
  'signals',
  'inspector',
  'other',
] as const;
export type NativeRole = (typeof nativeRoles)[number];

/** Names that Node gives to its threads, since 22 to some and since 24 to all. The kernel keeps 15 characters. */
const rolesByName: readonly (readonly [RegExp, NativeRole])[] = [
  [/^libuv-worker/, 'libuvPool'],
  [/V8Worker$/, 'v8Platform'],
  [/^DelayedTaskSche/, 'delayedTasks'],
  [/^SignalInspector/, 'signals'],
  [/inspector/i, 'inspector'],
];

const DEFAULT_V8_POOL_SIZE = 4;

/**
 * What each native thread of a process is for. Where Node gives no names, the order in which it starts them tells: the
 * one for delayed tasks, V8's workers, the one for signals, and after these, when it is first needed, libuv's pool.
 */
export function nativeRolesOf(process: Process): ReadonlyMap<Thread, NativeRole> {
  const native = process.threads.filter(({ kind }) => kind === 'native');
  const roles = new Map<Thread, NativeRole>();
  for (const thread of native) roles.set(thread, process.isNode ? roleByName(thread.name) : 'other');
  if (!process.isNode) return roles;
  const named = new Set(roles.values());
  const order = startOrder(process).filter((role) => !named.has(role));
  const rest: NativeRole = named.has('libuvPool') ? 'other' : 'libuvPool';
  // Only Linux gives names at all (at least the program's), and ids in the order of creation.
  const unnamed = native.filter((thread) => thread.name !== null && roles.get(thread) === 'other');
  unnamed.sort((a, b) => (a.tid ?? 0) - (b.tid ?? 0));
  unnamed.forEach((thread, index) => roles.set(thread, order[index] ?? rest));
  return roles;
}

function roleByName(name: string | null): NativeRole {
  return rolesByName.find(([pattern]) => pattern.test(name ?? ''))?.[1] ?? 'other';
}

function startOrder({ args }: Process): NativeRole[] {
  const option = args.map((argument) => /^--v8[-_]pool[-_]size=(\d+)$/.exec(argument)?.[1]).find(Boolean);
  const size = option === undefined ? DEFAULT_V8_POOL_SIZE : Math.min(Number(option), 64);
  return ['delayedTasks', ...Array<NativeRole>(size).fill('v8Platform'), 'signals'];
}
