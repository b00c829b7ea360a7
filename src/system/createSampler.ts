import type { ChunkWriter } from '../trace/writer';
import { LinuxSampler } from './linux/linuxSampler';
import type { Sampler, SamplerOptions } from './sampler';

/** The sampler for this operating system; null where there is none yet. */
export function createSampler(writer: ChunkWriter, options: SamplerOptions): Sampler | null {
  return process.platform === 'linux' ? new LinuxSampler(writer, options) : null;
}
