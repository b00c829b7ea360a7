import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { programEnvironment } from '../../src/run/programEnvironment';

export type Side = 'bare' | 'observed';

/** Runs programs with and without the probe, built as it is shipped. */
export class ObservedNode {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'cviz-bench-'));
  private readonly probePath = path.join(this.folder, 'probe.js');
  private readonly bareEnvironment: NodeJS.ProcessEnv;
  private runs = 0;

  constructor() {
    // An inherited NODE_OPTIONS would be measured, too.
    const { NODE_OPTIONS: _theirs, ...environment } = process.env;
    this.bareEnvironment = environment;
    buildSync({
      entryPoints: ['src/probe/main.ts'],
      outfile: this.probePath,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node18',
      logLevel: 'silent',
    });
  }

  /** Output of `node -e source` without a probe. */
  bare(source: string): string {
    return run(['-e', source], this.bareEnvironment);
  }

  /** The same with the probe loaded, but no run to report to. */
  idle(source: string): string {
    const { CVIZ_RUN: _run, ...environment } = this.observedEnvironment();
    return run(['-e', source], environment);
  }

  /** The same as a part of a run. */
  observed(source: string): string {
    return run(['-e', source], this.observedEnvironment());
  }

  /** Output of a program of the folder `programs`. */
  program(side: Side, name: string, args: readonly (string | number)[]): string {
    return run([programPath(name), ...args.map(String)], this.environment(side));
  }

  /** For a new run, if it is to be observed: each has a folder of its own, as in real life. */
  environment(side: Side): NodeJS.ProcessEnv {
    return side === 'bare' ? this.bareEnvironment : this.observedEnvironment();
  }

  /** What the environment of that side has and the bare one has not. */
  additions(side: Side): Record<string, string> {
    const isNew = ([name, value]: [string, string | undefined]): boolean =>
      value !== this.bareEnvironment[name];
    return Object.fromEntries(Object.entries(this.environment(side)).filter(isNew)) as Record<string, string>;
  }

  /** Sizes of the logs of the newest run, the largest first. */
  logSizes(): number[] {
    const logs = readdirSync(this.runDirectory).filter((name) => name.endsWith('.log'));
    return logs.map((name) => statSync(path.join(this.runDirectory, name)).size).sort((a, b) => b - a);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get runDirectory(): string {
    return path.join(this.folder, `run ${this.runs}`);
  }

  private observedEnvironment(): NodeJS.ProcessEnv {
    this.runs++;
    mkdirSync(this.runDirectory);
    return programEnvironment(this.bareEnvironment, this.runDirectory, this.probePath);
  }
}

export function programPath(name: string): string {
  return path.join(__dirname, 'programs', name);
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): string {
  return execFileSync(process.execPath, args, { env, encoding: 'utf8' });
}
