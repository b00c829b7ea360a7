/** The seam to whoever opened this page: VS Code, or cviz's local server. Everything else is the same for both. */
import type { FromWebview, ToWebview } from '../src/protocol/messages';
import { FrameReader, parseToWebview } from '../src/protocol/streamFrames';
import { applyBrowserTheme } from './browserTheme';

export interface HostListener {
  readonly onMessage: (message: ToWebview) => void;
  /** The other side is gone for good: what is on screen is the last picture. */
  readonly onLost: () => void;
}

export interface Host {
  /** Begins to deliver messages; says `ready` once nothing can be missed any more. */
  start(listener: HostListener): void;
  post(message: FromWebview): void;
  /** What `saveState` was given before this page was hidden, moved or reloaded; of unknown shape. */
  loadState(): unknown;
  saveState(state: unknown): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

export function connectHost(): Host {
  return typeof acquireVsCodeApi === 'function' ? vscodeHost(acquireVsCodeApi()) : browserHost();
}

function vscodeHost(api: VsCodeApi): Host {
  return {
    start({ onMessage }) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = parseToWebview(event.data);
        if (message !== null) onMessage(message);
      });
      api.postMessage({ type: 'ready' } satisfies FromWebview);
    },
    post: (message) => api.postMessage(message),
    loadState: () => api.getState(),
    saveState: (state) => api.setState(state),
  };
}

/** Reading a recording gives way to painting and input after so long. */
const READ_MS = 30;
const STATE_KEY = 'cviz.panel';

/**
 * The page was served at `/<token>/`, so relative addresses carry the token. Opening the stream is the ready
 * handshake; `ready` is posted as well, for a server that waits for it.
 */
function browserHost(): Host {
  applyBrowserTheme();
  const post = (message: FromWebview): void => {
    // A failure needs no handling here: the stream of a server that is gone ends as well, and that is shown.
    fetch('./message', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    }).catch(() => undefined);
  };
  return {
    start({ onMessage, onLost }) {
      readStream(onMessage).then(onLost, onLost);
      post({ type: 'ready' });
    },
    post,
    loadState: () => parseState(sessionStorage.getItem(STATE_KEY)),
    saveState: (state) => sessionStorage.setItem(STATE_KEY, JSON.stringify(state)),
  };
}

/** Resolves or rejects when the stream is over; a server that ended does not come back under the same token. */
async function readStream(onMessage: (message: ToWebview) => void): Promise<void> {
  const response = await fetch('./stream', { cache: 'no-store' });
  if (!response.ok || response.body === null) return;
  const frames = new FrameReader(onMessage);
  const reader = response.body.getReader();
  let paintedAt = performance.now();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    frames.push(value);
    if (performance.now() - paintedAt > READ_MS) {
      // What has arrived already is read without a pause, and nothing would be painted until the end.
      await new Promise((resolve) => setTimeout(resolve));
      paintedAt = performance.now();
    }
    if (frames.damaged) {
      await reader.cancel();
      return;
    }
  }
}

function parseState(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
