/** The native threads of a process by what they are for. Pure. */
import { nativeRoles, nativeRolesOf, type NativeRole } from '../src/model/nativeThreads';
import type { Process, Thread } from '../src/model/types';

/** In the order of the roles; roles that nobody has are left out. */
export function nativesByRole(process: Process): { role: NativeRole; threads: Thread[] }[] {
  const roleOf = nativeRolesOf(process);
  return nativeRoles
    .map((role) => ({
      role,
      threads: [...roleOf].filter(([, its]) => its === role).map(([thread]) => thread),
    }))
    .filter(({ threads }) => threads.length > 0);
}

const shownBySummary: readonly NativeRole[] = ['libuvPool', 'v8Platform'];

/** How many of each kind: those of libuv and V8, and all the rest together. */
export function nativeRoleCounts(process: Process): { role: NativeRole; count: number }[] {
  const counts = new Map<NativeRole, number>();
  for (const role of nativeRolesOf(process).values()) {
    const shown = shownBySummary.includes(role) ? role : 'other';
    counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  return nativeRoles.flatMap((role) => {
    const count = counts.get(role);
    return count === undefined ? [] : [{ role, count }];
  });
}
