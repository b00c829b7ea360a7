/** The model of the run on screen, kept up to date with the recording's bytes as they arrive. */
import { emptyModel } from '../src/model/model';
import { reduce } from '../src/model/reduce';
import type { Model } from '../src/model/types';
import { FILE_HEADER_BYTES } from '../src/trace/format';
import { RecordingReader, type RecordingProblem } from '../src/trace/recording';

export class RecordingModel {
  readonly model: Model = emptyModel();
  private readonly reader = new RecordingReader((record, source) => reduce(this.model, record, source));

  private received = 0;

  /** Why the bytes can't be read any further; null while they can. */
  get problem(): RecordingProblem | null {
    return this.reader.problem;
  }

  /**
   * The same, if no more bytes should come: what is too short to be a recording is none. Never final, because the
   * word that a run has ended may overtake its last bytes.
   */
  get problemAtEnd(): RecordingProblem | null {
    const isTooShort = this.received > 0 && this.received < FILE_HEADER_BYTES;
    return this.problem ?? (isTooShort ? { offset: 0, problem: { kind: 'notThisFormat' } } : null);
  }

  push(bytes: Uint8Array): void {
    this.received += bytes.length;
    this.reader.push(bytes);
  }
}
