import type { ProbeContext } from './calls';
import { examine, type Contents, type SharedMemory } from './contents';
import { Ports, type Port } from './ports';
import { SharedBuffers } from './sharedBuffers';
import type { SharingBoard } from './sharingBoard';

/** What this thread knows of its channels and shared memory. */
export class Messages {
  readonly context: ProbeContext;
  readonly ports: Ports;
  readonly buffers: SharedBuffers;
  readonly board: SharingBoard;
  /** Shared buffers in this thread's environment data, by key. */
  readonly environment = new Map<unknown, readonly SharedMemory[]>();
  /** Set by those who follow what is delivered to ports. */
  watch: (port: object, state: Port) => void = () => undefined;

  constructor(context: ProbeContext, board: SharingBoard) {
    this.context = context;
    this.board = board;
    this.ports = new Ports(context);
    this.buffers = new SharedBuffers(context);
  }

  /** Follows a port that was there before, or whose birth did not tell what it is. */
  adopt(port: object, origin: Port['origin']): Port {
    const state = this.ports.add(port, origin);
    this.watch(port, state);
    return state;
  }

  /** Looks into what is sent, received, or given to a new worker. */
  examine(value: unknown, bound: number): Contents {
    return examine(value, bound, this.ports.isPort);
  }

  /** Ports that came with a message, in the order in which they were sent. */
  receivePorts(via: Port, message: number, ports: readonly object[]): void {
    for (let index = 0; index < ports.length; index++) {
      const state = this.adopt(ports[index] as object, { origin: 'message', via, message, index });
      this.ports.numberOf(state);
    }
    this.context.log.flush();
  }

  /** Shared buffers that came with a message. */
  receiveBuffers(via: Port, message: number, buffers: readonly SharedMemory[]): void {
    if (buffers.length === 0) return;
    this.board.arrived();
    const port = this.ports.numberOf(via);
    for (let index = 0; index < buffers.length; index++) {
      this.buffers.numberOf(buffers[index] as SharedMemory, { via: port, message, index });
    }
  }
}
