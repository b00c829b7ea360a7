import type { RecordSchema } from './schema';

/** Written by the run itself. */
export const runRecords = {
  /** First record of the run's own source, which is source 0. */
  runStart: {
    id: 40,
    fields: {
      time: 'ns',
      wallMs: 'f64',
      /** What the user asked to run, for titles: a script's path or a command line. */
      title: 'str',
      command: 'str',
      args: 'str',
      cwd: 'str',
      productVersion: 'str',
      platform: 'str',
      arch: 'str',
      cores: 'u32',
    },
  },

  /** The program itself was started. */
  rootStart: { id: 41, fields: { time: 'ns', pid: 'u32', startTicks: 'f64?' } },

  rootExit: { id: 42, fields: { time: 'ns', pid: 'u32?', code: 'i32?', signal: 'str?' } },

  /** Nothing more will be recorded. */
  runEnd: { id: 43, fields: { time: 'ns' } },

  /** Something the user must know about the run, as a code of notices.ts and a detail. */
  notice: { id: 44, fields: { time: 'ns', code: 'str', detail: 'str?' } },
} as const satisfies Record<string, RecordSchema>;
