import { parseLocations, type LocatedEntry } from './locating';

/**
 * Everything that crosses between a host (VS Code extension host, or cviz's local server) and the webview.
 *
 * The webview posts `ready` once its listeners are in place, and again whenever it was reloaded. The host answers
 * with `open`, then all bytes of the recording so far, then batches as they come. After a restart: `open` again.
 */
export type ToWebview =
  | {
      readonly type: 'open';
      /** Differs for every run shown in this panel, so that bytes of an older run can be told apart. */
      readonly runId: number;
      readonly host: HostInfo;
    }
  | { readonly type: 'bytes'; readonly runId: number; readonly bytes: Uint8Array }
  | { readonly type: 'status'; readonly runId: number; readonly status: RunStatus }
  /** Answers `locate`, perhaps in several parts. */
  | { readonly type: 'located'; readonly runId: number; readonly entries: readonly LocatedEntry[] };

export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'stop' }
  | { readonly type: 'restart' }
  /** `location` is `file:line:column` or `file:line`, as reported by the probe: the host looks for the original. */
  | { readonly type: 'openSource'; readonly location: string }
  /** Which lines of source these locations come from. */
  | { readonly type: 'locate'; readonly locations: readonly string[] }
  /** Only from the "nothing to show" page: choose a script, or open a bundled example by its id. */
  | { readonly type: 'chooseScript' }
  | { readonly type: 'openExample'; readonly example: ExampleId };

export interface HostInfo {
  readonly kind: 'vscode' | 'browser';
  /** What the title shows: the script's name. */
  readonly title: string;
  /** Which commands this host can carry out; the buttons of the others are not shown. */
  readonly canStop: boolean;
  readonly canRestart: boolean;
  readonly canOpenSource: boolean;
}

export type RunStatus =
  /** Nothing was run in this panel yet. */
  | { readonly state: 'idle' }
  /** The program was asked to start; no record has come yet. */
  | { readonly state: 'starting' }
  | { readonly state: 'live' }
  /** `problem` is a sentence for the user when the run ended for a reason of ours (no Node, folder deleted …). */
  | { readonly state: 'ended'; readonly problem: string | null }
  /** Could not run or could not read the recording; a sentence that says what to do. */
  | { readonly state: 'failed'; readonly problem: string };

export type ExampleId = 'processes' | 'threads' | 'mix' | 'pool' | 'states';
export const exampleIds: readonly ExampleId[] = ['processes', 'threads', 'mix', 'pool', 'states'];

/** Checks what came from a webview: messages cross a trust boundary. */
export function parseFromWebview(value: unknown): FromWebview | null {
  if (typeof value !== 'object' || value === null) return null;
  const message = value as Readonly<Record<string, unknown>>;
  switch (message['type']) {
    case 'ready':
    case 'stop':
    case 'restart':
    case 'chooseScript':
      return { type: message['type'] };
    case 'openSource':
      return typeof message['location'] === 'string'
        ? { type: 'openSource', location: message['location'] }
        : null;
    case 'locate': {
      const locations = parseLocations(message['locations']);
      return locations === null ? null : { type: 'locate', locations };
    }
    case 'openExample': {
      const example = exampleIds.find((id) => id === message['example']);
      return example === undefined ? null : { type: 'openExample', example };
    }
    default:
      return null;
  }
}
