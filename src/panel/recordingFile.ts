import { open, type FileHandle } from 'node:fs/promises';
import type { Disposable } from '../base/disposable';

/** Answers the bytes [from, to) of a recording. Rejects when they cannot be had. */
export type ReadRecording = (from: number, to: number) => Promise<Uint8Array>;

/**
 * Reads a recording that is still growing. The file stays open, so that what was recorded can be shown even after
 * somebody has deleted the run's folder.
 */
export class RecordingFile implements Disposable {
  private handle: Promise<FileHandle> | null = null;
  private disposed = false;

  constructor(private readonly path: string) {}

  /** @throws Error when the file cannot be read, or is shorter than it was said to be */
  readonly read: ReadRecording = async (from, to) => {
    if (this.disposed) throw new Error('it is closed');
    this.handle ??= open(this.path, 'r');
    const handle = await this.handle;
    // Of exactly this size: VS Code sends the whole buffer under a view to the webview.
    const bytes = new Uint8Array(to - from);
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at);
      if (bytesRead === 0) throw new Error('it is shorter than expected');
      at += bytesRead;
    }
    return bytes;
  };

  dispose(): void {
    this.disposed = true;
    // A read that is under way ends first; one that fails has told its caller.
    this.handle?.then((handle) => handle.close()).catch(() => undefined);
  }
}
