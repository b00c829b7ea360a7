/**
 * How cviz's local server speaks to the panel in a plain browser: messages to the webview as frames on one
 * endless HTTP response. A frame is
 *
 *     frame := length:u32 kind:u8 body[length - 1]         little-endian; length counts the kind and the body
 *     kind 0: body is the JSON text of a message other than `bytes`
 *     kind 1: body is runId:u32 followed by bytes of the recording
 *
 * JSON carries no bytes and base64 would cost a third more, so bytes go as they are.
 */
import { decodeUtf8, encodeUtf8 } from '../base/utf8';
import { parseEntries } from './locating';
import type { HostInfo, RunStatus, ToWebview } from './messages';

const LENGTH_BYTES = 4;
const JSON_KIND = 0;
const BYTES_KIND = 1;
const RUN_ID_BYTES = 4;

/** A longer frame can only be a mistake; it also bounds what a reader buffers. Longer `bytes` are split. */
export const MAX_FRAME_BYTES = 1 << 20;
const MAX_BYTES_PER_FRAME = MAX_FRAME_BYTES - 1 - RUN_ID_BYTES;

/** The frames that carry a message: one, or several for a long `bytes` message. */
export function encodeFrames(message: ToWebview): Uint8Array[] {
  if (message.type !== 'bytes') return [frameOf(JSON_KIND, encodeUtf8(JSON.stringify(message)))];
  const frames: Uint8Array[] = [];
  for (let at = 0; at < message.bytes.length; at += MAX_BYTES_PER_FRAME) {
    const part = message.bytes.subarray(at, at + MAX_BYTES_PER_FRAME);
    const body = new Uint8Array(RUN_ID_BYTES + part.length);
    new DataView(body.buffer).setUint32(0, message.runId, true);
    body.set(part, RUN_ID_BYTES);
    frames.push(frameOf(BYTES_KIND, body));
  }
  return frames;
}

function frameOf(kind: number, body: Uint8Array): Uint8Array {
  if (body.length + 1 > MAX_FRAME_BYTES) throw new RangeError('A message is too long for a frame');
  const frame = new Uint8Array(LENGTH_BYTES + 1 + body.length);
  new DataView(frame.buffer).setUint32(0, body.length + 1, true);
  frame[LENGTH_BYTES] = kind;
  frame.set(body, LENGTH_BYTES + 1);
  return frame;
}

/**
 * Reads frames incrementally: push what arrives, get messages. Frames of unknown kinds and messages of unknown
 * shape are skipped (a newer server); after an impossible length nothing more can be read.
 */
export class FrameReader {
  damaged = false;
  /** What has come of the next frame, its length, and how much of it is needed. */
  private parts: Uint8Array[] = [];
  private size = 0;
  private wanted = LENGTH_BYTES;

  private readonly visit: (message: ToWebview) => void;

  constructor(visit: (message: ToWebview) => void) {
    this.visit = visit;
  }

  push(bytes: Uint8Array): void {
    if (this.damaged) return;
    this.parts.push(bytes);
    this.size += bytes.length;
    // Frames are longer than the pieces they come in: joining those again and again would copy each many times.
    if (this.size < this.wanted) return;
    const data = this.parts.length === 1 ? bytes : joined(this.parts, this.size);
    const rest = this.takeFrames(data);
    // A copy: the piece it came in may be large and must not be kept alive by a few bytes of it.
    this.parts = rest.length === 0 ? [] : [rest.slice()];
    this.size = rest.length;
  }

  /** Answers what is left of an unfinished frame. */
  private takeFrames(data: Uint8Array): Uint8Array {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    while (at + LENGTH_BYTES <= data.length) {
      const length = view.getUint32(at, true);
      if (length === 0 || length > MAX_FRAME_BYTES) {
        this.damaged = true;
        return NOTHING;
      }
      const end = at + LENGTH_BYTES + length;
      this.wanted = end - at;
      if (end > data.length) return data.subarray(at);
      const message = decodeFrame(data.subarray(at + LENGTH_BYTES, end));
      if (message !== null) this.visit(message);
      at = end;
    }
    this.wanted = LENGTH_BYTES;
    return data.subarray(at);
  }
}

const NOTHING = new Uint8Array(0);

function decodeFrame(frame: Uint8Array): ToWebview | null {
  const body = frame.subarray(1);
  switch (frame[0]) {
    case JSON_KIND:
      return parseToWebview(parseJson(decodeUtf8(body)));
    case BYTES_KIND: {
      if (body.length < RUN_ID_BYTES) return null;
      const runId = new DataView(body.buffer, body.byteOffset, RUN_ID_BYTES).getUint32(0, true);
      return { type: 'bytes', runId, bytes: body.slice(RUN_ID_BYTES) };
    }
    default:
      return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Checks what came from a host: it may be of another version, and a page receives messages of others too. */
export function parseToWebview(value: unknown): ToWebview | null {
  if (!isObject(value) || typeof value['runId'] !== 'number') return null;
  const runId = value['runId'];
  switch (value['type']) {
    case 'open': {
      const host = parseHost(value['host']);
      return host === null ? null : { type: 'open', runId, host };
    }
    case 'status': {
      const status = parseStatus(value['status']);
      return status === null ? null : { type: 'status', runId, status };
    }
    case 'located': {
      const entries = parseEntries(value['entries']);
      return entries === null ? null : { type: 'located', runId, entries };
    }
    case 'bytes':
      return value['bytes'] instanceof Uint8Array ? { type: 'bytes', runId, bytes: value['bytes'] } : null;
    default:
      return null;
  }
}

function parseHost(value: unknown): HostInfo | null {
  if (!isObject(value)) return null;
  return {
    kind: value['kind'] === 'vscode' ? 'vscode' : 'browser',
    title: text(value['title']) ?? '',
    canStop: value['canStop'] === true,
    canRestart: value['canRestart'] === true,
    canOpenSource: value['canOpenSource'] === true,
  };
}

function parseStatus(value: unknown): RunStatus | null {
  if (!isObject(value)) return null;
  switch (value['state']) {
    case 'idle':
    case 'starting':
    case 'live':
      return { state: value['state'] };
    case 'ended':
      return { state: 'ended', problem: text(value['problem']) };
    case 'failed':
      return { state: 'failed', problem: text(value['problem']) ?? '' };
    default:
      return null;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
