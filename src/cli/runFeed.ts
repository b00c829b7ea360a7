import { closeSync, openSync, readSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { LocatedEntry } from '../protocol/locating';
import type { HostInfo, RunStatus, ToWebview } from '../protocol/messages';
import { encodeFrames } from '../protocol/streamFrames';

const PIECE_BYTES = 512 * 1024;

/** One page: what it has been sent so far is a single number, so nothing is left out or sent twice. */
interface Client {
  readonly response: ServerResponse;
  sent: number;
  sentStatus: RunStatus | null;
  isBlocked: boolean;
}

/**
 * Feeds all open pages from the recording's file: each gets everything from the first byte on, at its own speed.
 */
export class RunFeed {
  private readonly clients = new Set<Client>();
  private host: HostInfo;
  private status: RunStatus;
  private runId = 0;
  private fd: number | null = null;
  private length = 0;

  constructor(host: HostInfo, status: RunStatus) {
    this.host = host;
    this.status = status;
  }

  /** Shows another recording from now on. Throws when it cannot be opened. */
  show(path: string, host: HostInfo, status: RunStatus): void {
    this.close();
    this.fd = openSync(path, 'r');
    this.length = 0;
    this.host = host;
    this.status = status;
    this.runId++;
    for (const client of this.clients) this.begin(client);
  }

  /** So many bytes of the recording can be read now. */
  advanceTo(length: number): void {
    this.length = Math.max(this.length, length);
    for (const client of this.clients) this.pump(client);
  }

  setStatus(status: RunStatus): void {
    this.status = status;
    for (const client of this.clients) this.pump(client);
  }

  /** What one page asked for is of use to all. */
  tellLocated(entries: readonly LocatedEntry[]): void {
    for (const client of this.clients) this.send(client, { type: 'located', runId: this.runId, entries });
  }

  addClient(response: ServerResponse): void {
    const client: Client = { response, sent: 0, sentStatus: null, isBlocked: false };
    this.clients.add(client);
    response.on('drain', () => {
      client.isBlocked = false;
      this.pump(client);
    });
    response.on('close', () => this.clients.delete(client));
    this.begin(client);
  }

  /** The file can go; pages keep what they have. */
  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }

  private begin(client: Client): void {
    client.sent = 0;
    this.send(client, { type: 'open', runId: this.runId, host: this.host });
    client.sentStatus = null;
    if (!isLast(this.status)) this.sendStatus(client);
    this.pump(client);
  }

  private pump(client: Client): void {
    while (this.fd !== null && !client.isBlocked && client.sent < this.length) {
      const bytes = new Uint8Array(Math.min(PIECE_BYTES, this.length - client.sent));
      const read = readSync(this.fd, bytes, 0, bytes.length, client.sent);
      if (read === 0) break;
      client.sent += read;
      this.send(client, { type: 'bytes', runId: this.runId, bytes: bytes.subarray(0, read) });
    }
    // That a run has ended is said after its last byte; all else as soon as possible.
    if (client.sent >= this.length || !isLast(this.status)) this.sendStatus(client);
  }

  private sendStatus(client: Client): void {
    if (client.sentStatus === this.status) return;
    client.sentStatus = this.status;
    this.send(client, { type: 'status', runId: this.runId, status: this.status });
  }

  private send(client: Client, message: ToWebview): void {
    for (const frame of encodeFrames(message)) {
      if (!client.response.write(frame)) client.isBlocked = true;
    }
  }
}

function isLast(status: RunStatus): boolean {
  return status.state === 'ended' || status.state === 'failed';
}
