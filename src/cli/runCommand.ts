import { copyFileSync } from 'node:fs';
import { ok, type Result } from '../base/result';
import type { HostInfo } from '../protocol/messages';
import type { Program } from '../run/program';
import { loadModel } from './loadModel';
import { openBrowser } from './openBrowser';
import type { ServeOptions } from './openCommand';
import { servePanel, type PanelServer } from './panelServer';
import { forwardSignals, resolveProgram, startProgram, type RunningProgram } from './program';
import { RunFeed } from './runFeed';
import { SourceAnswers } from './sourceAnswers';
import { textReport } from './textReport';

export interface RunCommandOptions extends ServeOptions {
  /** Where to keep the recording; null keeps none. */
  readonly record: string | null;
}

/** `cviz run`: runs a program in this terminal and shows it live in a browser, until interrupted. */
export async function runLive(words: readonly string[], options: RunCommandOptions): Promise<Result<null>> {
  const program = await resolveProgram(words);
  if (!program.ok) return program;
  const live = new LiveCommand(program.value, options);
  const begun = await live.begin();
  if (!begun.ok) return begun;
  await live.interrupted;
  live.end();
  return ok(null);
}

class LiveCommand {
  private readonly program: Program;
  private readonly options: RunCommandOptions;
  private readonly host: HostInfo;
  private readonly feed: RunFeed;
  private server: PanelServer | null = null;
  private current: RunningProgram | null = null;
  private isRunning = false;
  private isRestarting = false;
  private wantsEnd = false;
  private resolveInterrupted: () => void = () => undefined;
  /** Ctrl+C once the program has ended, or SIGTERM. */
  readonly interrupted = new Promise<void>((resolve) => {
    this.resolveInterrupted = resolve;
  });

  constructor(program: Program, options: RunCommandOptions) {
    this.program = program;
    this.options = options;
    this.host = {
      kind: 'browser',
      title: program.title,
      canStop: true,
      canRestart: true,
      canOpenSource: false,
    };
    this.feed = new RunFeed(this.host, { state: 'starting' });
  }

  async begin(): Promise<Result<null>> {
    const answers = new SourceAnswers(this.feed);
    const server = await servePanel(this.options.port, this.feed, (message) => {
      void answers.receive(message);
      if (message.type === 'stop') this.current?.run.stopProgram();
      if (message.type === 'restart') this.restart();
    });
    if (!server.ok) return server;
    this.server = server.value;
    process.stderr.write(`cviz: live panel at ${server.value.url}\n`);
    process.on('SIGINT', () => {
      this.interrupt();
    });
    process.on('SIGTERM', () => {
      this.interrupt();
    });
    const started = this.start();
    if (!started.ok) {
      server.value.close();
      return started;
    }
    if (this.options.open) openBrowser(server.value.url);
    return ok(null);
  }

  end(): void {
    this.server?.close();
    this.feed.close();
    this.current?.run.dispose();
  }

  /** While the program runs it gets the signal itself; we end when it has ended. */
  private interrupt(): void {
    this.wantsEnd = true;
    if (!this.isRunning) this.resolveInterrupted();
  }

  private start(): Result<null> {
    const started = startProgram(this.program, null);
    if (!started.ok) return started;
    const { run, child, ended } = started.value;
    this.current = started.value;
    this.isRunning = true;
    const stopForwarding = forwardSignals(child);
    this.feed.show(run.recordingPath, this.host, { state: 'live' });
    run.onBytes(({ offset, bytes }) => {
      this.feed.advanceTo(offset + bytes.length);
    });
    let cannotStart: string | null = null;
    void ended.then((end) => {
      stopForwarding();
      if (end.ok) process.exitCode = end.value.code ?? 1;
      else cannotStart = end.error;
    });
    run.onEnded(({ problem }) => {
      // The program's own end is told by a promise, which may settle a moment later.
      setImmediate(() => {
        this.finish(cannotStart ?? problem);
      });
    });
    return ok(null);
  }

  private finish(problem: string | null): void {
    this.isRunning = false;
    this.keepRecording();
    this.feed.setStatus({ state: 'ended', problem });
    if (problem !== null) process.stderr.write(`cviz: ${problem}\n`);
    this.printSummary();
    if (this.isRestarting) {
      this.isRestarting = false;
      this.current?.run.dispose();
      this.start();
    } else if (this.wantsEnd) {
      this.resolveInterrupted();
    } else {
      process.stderr.write('cviz: the program has ended; press Ctrl+C to close the panel\n');
    }
  }

  private printSummary(): void {
    if (this.current === null) return;
    process.stderr.write(textReport(loadModel(this.current.run.recordingPath).model));
  }

  private keepRecording(): void {
    const { record } = this.options;
    if (record === null || this.current === null) return;
    try {
      copyFileSync(this.current.run.recordingPath, record);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      process.stderr.write(`cviz: the recording could not be kept as ${record} (${reason}).\n`);
    }
  }

  private restart(): void {
    if (this.isRestarting) return;
    this.isRestarting = true;
    if (this.isRunning) {
      this.current?.run.stopProgram();
      return;
    }
    this.isRestarting = false;
    this.current?.run.dispose();
    this.start();
  }
}
