import type { Disposable } from '../base/disposable';
import type { Event } from '../base/emitter';

/** What is about to be run. */
export interface RunRequest {
  /** For titles: the script's path or the command line as the user gave it. */
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Where to keep the recording; null keeps it in the run's own folder, which goes when the run is disposed. */
  readonly recordingPath: string | null;
  /** The probe's bundle, an absolute path. */
  readonly probePath: string;
  readonly productVersion: string;
}

/** Bytes of the recording as they are appended; `offset` is where they begin in it. */
export interface RecordingBytes {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface RunEnd {
  /** A sentence for the user, when the observation (not the program) ended early. */
  readonly problem: string | null;
}

/**
 * One execution of a program under observation. Start the program with `environment` applied, then tell
 * `rootStarted`. The same in this thread (`startRun`) and in a worker thread (`startRunInWorker`).
 */
export interface LiveRun extends Disposable {
  /** The run's folder, where the probes write their logs. */
  readonly directory: string;
  /** The whole recording up to the newest `onBytes` event can be read here until `dispose`. */
  readonly recordingPath: string;
  /** The environment to start the program with: `base` and what the probe needs. */
  environmentFor(base: Readonly<Record<string, string | undefined>>): Record<string, string>;
  readonly onBytes: Event<RecordingBytes>;
  /** Fired once: the program and all its descendants have ended, or the observation had to. */
  readonly onEnded: Event<RunEnd>;
  rootStarted(pid: number): void;
  rootExited(code: number | null, signal: string | null): void;
  /** Ends every process of the tree: asks with SIGTERM, after two seconds insists with SIGKILL. */
  stopProgram(): void;
  /** Stops observing, removes the run's folder (and the recording, when it lies there). Kills nothing. */
  dispose(): void;
}
