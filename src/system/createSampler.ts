import type { ChunkWriter } from '../trace/writer';
import { DarwinSampler } from './darwin/darwinSampler';
import { LinuxSampler } from './linux/linuxSampler';
import type { Sampler, SamplerOptions } from './sampler';
import { WindowsSampler } from './windows/windowsSampler';

/**
 * The sampler for this operating system; null where there is none. What each system tells, without privileges; what is
 * missing here has no record, and so is "not available on …" in the panel:
 *
 *                     Linux (/proc)            macOS (ps)                       Windows (PowerShell)
 *     process tree    all, orphans as well     descendants seen while their     descendants, also of parents
 *                                              parent lived                     that have ended
 *     start           10 ms                    1 s                              1 ms
 *     arguments       as passed                joined, split at spaces          split by Windows' rules
 *     exit            code or signal           only that it has ended           only that it has ended
 *     CPU             each thread, 1 ns        each process, 10 ms              each thread, 15.6 ms
 *     run queue       1 ns                     no                               whether in it, not for how long
 *     threads         numbered, named          a list, without any identity     numbered, without names
 *     thread state    yes                      in that list                     yes
 *     wait reason     kernel function, call    no                               a dozen reasons
 *     memory          resident, proportional,  resident                         resident; committed privately
 *                     private, shared, parts
 *     priority        process and thread       process, with nice and policy    process and thread (base)
 *     user            yes                      yes                              no
 *     affinity, limits, cgroup, switches, page faults, descriptors: Linux only
 */
export function createSampler(writer: ChunkWriter, options: SamplerOptions): Sampler | null {
  switch (process.platform) {
    case 'linux':
      return new LinuxSampler(writer, options);
    case 'darwin':
      return new DarwinSampler(writer);
    case 'win32':
      return new WindowsSampler(writer);
    default:
      return null;
  }
}
