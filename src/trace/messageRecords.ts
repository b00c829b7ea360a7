import type { RecordSchema } from './schema';

/** Written by the probe, into the log of the thread concerned: what crosses threads and processes, and what holds them up. */
export const messageRecords = {
  // Channels. Each log numbers the ends it holds from 1 (`port`), and the messages of an end, each way, from 1 (`message`).
  // The n-th message sent on one end is the n-th delivered at the other: messages carry no mark of ours.

  /** This thread came to hold an end of a channel. */
  port: {
    id: 50,
    fields: {
      /** Since when; the record is written when the port is first used. */
      time: 'ns',
      port: 'u32',
      /**
       * How it came here, and so what the other end is:
       * `creator`: of the channel to a worker; `call` is its `new Worker`.
       * `worker`: the worker's own end of that channel (parentPort).
       * `pair`: made by `new MessageChannel` here; `peer` is the other end in this log.
       * `message`: received as the `index`-th port of message `message` of port `via`.
       * `workerData`: received as the `index`-th port in workerData.
       * `ipcParent`: of the IPC channel to a child process; `call` is the spawn call.
       * `ipcChild`: the child's own end of that channel (process.send).
       * `broadcast`: a BroadcastChannel called `name`.
       * `unknown`: none of these could be told.
       */
      origin: 'str',
      call: 'u32?',
      peer: 'u32?',
      via: 'u32?',
      message: 'u32?',
      index: 'u32?',
      name: 'str?',
      /** The line that made it (`pair`, `broadcast`). */
      location: 'str?',
    },
  },

  /**
   * A port is leaving this thread, as the `index`-th port of message `message` of port `via`, or in the workerData of
   * `call`. `sent` and `received` are its final counts here: the next holder's messages are numbered after them.
   */
  portMoved: {
    id: 51,
    fields: {
      time: 'ns',
      port: 'u32',
      via: 'u32?',
      message: 'u32?',
      call: 'u32?',
      index: 'u32',
      sent: 'u32',
      received: 'u32',
    },
  },

  /** A message was sent. */
  send: {
    id: 52,
    fields: {
      /** When the sending call began. */
      time: 'ns',
      port: 'u32',
      message: 'u32',
      /** Size of what is cloned: of an IPC message exactly as written, otherwise estimated. */
      bytes: 'bytes',
      /** Sum of the sizes of transferred array buffers, and how many things were transferred. */
      transferredBytes: 'bytes',
      transferred: 'u32',
      /** Time spent in the sending call: mostly serialisation. */
      duration: 'ns',
      /** The sending line; null when it was not looked up for this message (see `probe/messages`). */
      location: 'str?',
    },
  },

  /** A message is being delivered to its handlers. */
  receive: {
    id: 53,
    fields: {
      time: 'ns',
      port: 'u32',
      message: 'u32',
      /** Time spent in all handlers; null when a `handled` record follows, or never came to be known. */
      duration: 'ns?',
    },
  },

  /** The handlers of a message have returned. */
  handled: { id: 54, fields: { time: 'ns', port: 'u32', message: 'u32' } },

  /**
   * Totals of a port so far. On a busy port only every `every`-th message (by number) has records of its own; the totals
   * count all of them.
   */
  traffic: {
    id: 55,
    fields: {
      time: 'ns',
      port: 'u32',
      sent: 'u32',
      sentBytes: 'bytes',
      received: 'u32',
      every: 'u32',
    },
  },

  // Shared memory. Each log numbers the backing stores it knows from 1 (`buffer`).

  /** This thread came to hold a shared buffer, or was first seen to. */
  sharedBuffer: {
    id: 56,
    fields: {
      time: 'ns',
      buffer: 'u32',
      bytes: 'bytes',
      /** It is the memory of a WebAssembly.Memory. */
      isWasm: 'bool',
      /** Received as the `index`-th shared buffer in message `message` of port `via`. */
      via: 'u32?',
      message: 'u32?',
      index: 'u32?',
      /** `LOG:BUFFER` of the same memory in the creator's log, when it came as workerData or environment data. */
      same: 'str?',
      /** The line at which it was first seen to be shared. */
      location: 'str?',
    },
  },

  /** A shared buffer goes out as the `index`-th one of message `message` of port `via`. */
  bufferSent: {
    id: 57,
    fields: { time: 'ns', buffer: 'u32', via: 'u32', message: 'u32', index: 'u32' },
  },

  /** Atomics.wait (or waitAsync) begins; `wait` counts them in this log. */
  wait: {
    id: 58,
    fields: {
      time: 'ns',
      wait: 'u32',
      buffer: 'u32',
      /** Index in the typed array it was called with, and where that is in the buffer. */
      cell: 'u32',
      byteOffset: 'bytes',
      /** Null: for ever. */
      timeoutMs: 'f64?',
      async: 'bool',
      location: 'str?',
    },
  },

  /** `ok`, `timed-out` or `not-equal`. */
  waitEnd: { id: 59, fields: { time: 'ns', wait: 'u32', result: 'str' } },

  /** Atomics.notify that woke somebody. */
  notify: {
    id: 60,
    fields: {
      time: 'ns',
      buffer: 'u32',
      cell: 'u32',
      byteOffset: 'bytes',
      woken: 'u32',
      location: 'str?',
    },
  },

  /** The event loop did not get to run its timers from `from` to `time`: something synchronous held it up. */
  longTask: { id: 61, fields: { time: 'ns', from: 'ns' } },

  /** This thread sent a signal (process.kill, subprocess.kill). `signal` is its number; `error` 0 when it was sent. */
  kill: { id: 62, fields: { time: 'ns', pid: 'i32?', signal: 'i32?', error: 'i32?', location: 'str?' } },

  /** This thread called terminate() on the worker made by `call`. */
  terminate: { id: 63, fields: { time: 'ns', call: 'u32', location: 'str?' } },

  /** The process made by `call` is not observed from inside, because … (a code). */
  unobserved: { id: 64, fields: { time: 'ns', call: 'u32', reason: 'str' } },

  /** What the other end's thread had counted when it ended: a worker that was stopped may not have written it itself. */
  peerTraffic: { id: 65, fields: { time: 'ns', port: 'u32', sent: 'u32', received: 'u32' } },
} as const satisfies Record<string, RecordSchema>;
