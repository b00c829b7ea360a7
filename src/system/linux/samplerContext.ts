import type { ChunkWriter } from '../../trace/writer';
import type { CgroupReader } from './cgroup';
import type { ProcFiles } from './procFiles';
import type { SocketNames } from './socketNames';

/** What all that is observed in one run has in common. */
export interface SamplerContext {
  readonly files: ProcFiles;
  readonly writer: ChunkWriter;
  readonly cgroups: CgroupReader;
  readonly sockets: SocketNames;
  /** True on a kernel that counts CPU time in ticks only. */
  readonly usesTicks: boolean;
  /** A number for one more thread. */
  readonly nextLane: () => number;
  /** The time, ns, of a start that is given in ticks. */
  readonly startOf: (ticks: number) => number;
}
