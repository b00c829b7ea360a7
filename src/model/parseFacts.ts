/** Lists within records, as JSON. Whatever a stranger wrote there instead is taken for nothing. */
import { NS_PER_MS } from '../base/units';
import type { Descriptor, Limit, ListedThread } from './systemTypes';

export function parseLimits(text: string | null): Limit[] {
  return Object.entries(objectOf(text)).map(([name, value]) => {
    const [soft, hard] = Array.isArray(value) ? (value as unknown[]) : [];
    return { name, soft: numberOf(soft), hard: numberOf(hard) };
  });
}

export function parseDescriptors(
  byKind: string,
  list: string,
): { readonly byKind: ReadonlyMap<string, number>; readonly list: readonly Descriptor[] } {
  const counts = Object.entries(objectOf(byKind)).map(
    ([kind, count]) => [kind, numberOf(count) ?? 0] as const,
  );
  const descriptors = arrayOf(list).flatMap((item) => {
    const [number, kind, name] = Array.isArray(item) ? (item as unknown[]) : [];
    if (typeof number !== 'number' || typeof kind !== 'string') return [];
    return [{ number, kind, name: typeof name === 'string' ? name : '' }];
  });
  return { byKind: new Map(counts), list: descriptors };
}

export function parseThreadList(text: string | null): ListedThread[] | null {
  if (text === null) return null;
  return arrayOf(text).flatMap((item) => {
    const [state, cpuMs] = Array.isArray(item) ? (item as unknown[]) : [];
    const cpu = numberOf(cpuMs);
    return typeof state === 'string' ? [{ state, cpu: cpu === null ? null : cpu * NS_PER_MS }] : [];
  });
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

function objectOf(text: string | null): object {
  const value = parse(text);
  return typeof value === 'object' && value !== null ? value : {};
}

function arrayOf(text: string): readonly unknown[] {
  const value = parse(text);
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
