import type { ProbeContext } from './calls';
import { now, type Ns } from './clock';
import { quietly } from './guard';
import type { Port, Ports } from './ports';

/** The records of what is delivered to a port, one message after the other. */
export class Receipt {
  private readonly context: ProbeContext;
  private readonly ports: Ports;
  private readonly port: Port;
  private message = 0;
  private start: Ns = 0;
  /** Its start is on disk: its end is a record of its own. */
  private isTold = false;
  /** A recorded delivery is under way. */
  isOpen = false;

  constructor(context: ProbeContext, ports: Ports, port: Port) {
    this.context = context;
    this.ports = ports;
    this.port = port;
  }

  /** The handlers of a message are about to run. False when it is only counted. */
  begin(message: number): boolean {
    quietly(() => {
      this.start = now();
      this.isOpen = this.ports.mayRecord(this.port, message, this.start);
      if (!this.isOpen) {
        this.ports.noteUnrecorded(this.port);
        return;
      }
      this.message = message;
      const { log } = this.context;
      const port = this.ports.numberOf(this.port);
      this.isTold = !log.isDense(this.start);
      if (this.isTold) log.write('receive', { time: this.start, port, message, duration: null });
    });
    return this.isOpen;
  }

  end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    quietly(() => {
      const { log } = this.context;
      const { message, start } = this;
      const port = this.ports.numberOf(this.port);
      const time = now();
      if (this.isTold) log.note('handled', { time, port, message }, time);
      else log.note('receive', { time: start, port, message, duration: time - start }, time);
    });
  }
}
