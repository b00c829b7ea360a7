/** Width of the name's column in /proc/PID/limits. */
const NAME_WIDTH = 25;

/** /proc/PID/limits: soft and hard limit by the kernel's name; null stands for unlimited. */
export function parseLimits(text: string): Map<string, readonly [number | null, number | null]> {
  const limits = new Map<string, readonly [number | null, number | null]>();
  for (const line of text.split('\n')) {
    const name = line.slice(0, NAME_WIDTH).trim();
    const [, soft, hard] = /^\s*(\d+|unlimited)\s+(\d+|unlimited)/.exec(line.slice(NAME_WIDTH)) ?? [];
    if (name === '' || soft === undefined || hard === undefined) continue;
    limits.set(name, [limitOf(soft), limitOf(hard)]);
  }
  return limits;
}

function limitOf(text: string): number | null {
  return text === 'unlimited' ? null : Number(text);
}
