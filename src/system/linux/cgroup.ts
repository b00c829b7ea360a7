import type { ProcFiles } from './procFiles';

/** The control groups of a process, by controller. */
export interface CgroupPaths {
  /** Path in the unified hierarchy (version 2); null where there is none. */
  readonly unified: string | null;
  /** Paths of version 1, by controller. */
  readonly byController: ReadonlyMap<string, string>;
}

/** /proc/PID/cgroup: lines `hierarchy:controllers:path`; the path may hold anything but a newline. */
export function parseCgroup(text: string): CgroupPaths {
  const byController = new Map<string, string>();
  let unified: string | null = null;
  for (const line of text.split('\n')) {
    const [, hierarchy, controllers = '', path = ''] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    if (hierarchy === undefined) continue;
    if (hierarchy === '0' && controllers === '') unified = path;
    else for (const controller of controllers.split(',')) byController.set(controller, path);
  }
  return { unified, byController };
}

/** The group to name for a process: in mixed systems the unified one is often just the root. */
export function groupName({ unified, byController }: CgroupPaths): string | null {
  const paths = [unified, byController.get('memory'), byController.get('cpu')];
  return paths.find((path) => path != null && path !== '/') ?? unified ?? byController.get('cpu') ?? null;
}

/** What control groups allow; null: no limit, or not known. */
export interface CgroupLimits {
  /** Cores; 1.5 is a core and a half. */
  readonly cpu: number | null;
  /** Bytes. */
  readonly memory: number | null;
}

/** Version 1 has no word for "no limit": it shows the largest multiple of a page instead. */
const NO_LIMIT_BYTES = 2 ** 60;
/** Limits seldom change, and many processes share a group. */
const REMEMBERED_NS = 5e9;

/** Reads the limits of control groups. A group's limit also holds for those below it, so the smallest upward counts. */
export class CgroupReader {
  private readonly files: ProcFiles;
  private readonly known = new Map<string, { readonly until: number; readonly limit: number | null }>();

  constructor(files: ProcFiles) {
    this.files = files;
  }

  limits(paths: CgroupPaths, time: number): CgroupLimits {
    const find = (
      controller: string,
      read: (folder: string) => number | null,
      readOld: (folder: string) => number | null,
    ): number | null => {
      const root = this.files.cgroupRoot;
      const found: (number | null)[] = [];
      // On mixed systems the unified hierarchy is mounted one folder deeper.
      for (const mount of paths.unified === null ? [] : [root, `${root}/unified`])
        found.push(this.smallest(mount, paths.unified ?? '/', controller, time, read));
      const old = paths.byController.get(controller);
      if (old !== undefined)
        found.push(this.smallest(`${root}/${controller}`, old, controller, time, readOld));
      return smallestOf(found);
    };
    return {
      cpu: find(
        'cpu',
        (folder) => this.cpuMax(folder),
        (folder) => this.cpuQuota(folder),
      ),
      memory: find(
        'memory',
        (folder) => this.bytes(`${folder}/memory.max`),
        (folder) => this.bytes(`${folder}/memory.limit_in_bytes`),
      ),
    };
  }

  /** In a container the path may be the one outside, of which only the root is mounted: missing folders are no limit. */
  private smallest(
    mount: string,
    path: string,
    controller: string,
    time: number,
    read: (folder: string) => number | null,
  ): number | null {
    const names = path.split('/').filter((name) => name !== '' && name !== '.' && name !== '..');
    const key = `${controller}:${mount}/${names.join('/')}`;
    const known = this.known.get(key);
    if (known !== undefined && known.until > time) return known.limit;
    const found: (number | null)[] = [];
    for (let depth = names.length; depth >= 0; depth--)
      found.push(read([mount, ...names.slice(0, depth)].join('/')));
    const limit = smallestOf(found);
    this.known.set(key, { until: time + REMEMBERED_NS, limit });
    return limit;
  }

  private cpuMax(folder: string): number | null {
    const text = this.files.read(`${folder}/cpu.max`);
    return text.ok ? parseCpuMax(text.value) : null;
  }

  private cpuQuota(folder: string): number | null {
    const quota = this.files.read(`${folder}/cpu.cfs_quota_us`);
    const period = this.files.read(`${folder}/cpu.cfs_period_us`);
    return quota.ok && period.ok ? parseCpuMax(`${quota.value.trim()} ${period.value}`) : null;
  }

  private bytes(file: string): number | null {
    const text = this.files.read(file);
    return text.ok ? parseMemoryMax(text.value) : null;
  }
}

/** cpu.max: quota and period in microseconds, `max 100000` for no quota (-1 in version 1). In cores. */
export function parseCpuMax(text: string): number | null {
  const [, quota, period] = /^(\d{1,15}) (\d{1,15})\s*$/.exec(text) ?? [];
  const cores = Number(quota) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? cores : null;
}

/** memory.max or memory.limit_in_bytes, in bytes. */
export function parseMemoryMax(text: string): number | null {
  if (!/^\d{1,20}\s*$/.test(text)) return null;
  const bytes = Number(text);
  return bytes < NO_LIMIT_BYTES ? bytes : null;
}

function smallestOf(limits: readonly (number | null)[]): number | null {
  const known = limits.filter((limit) => limit !== null);
  return known.length === 0 ? null : Math.min(...known);
}
