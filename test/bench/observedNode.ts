import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { programEnvironment } from '../../src/run/programEnvironment';

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
    return run(source, this.bareEnvironment);
  }

  /** The same with the probe loaded, but no run to report to. */
  idle(source: string): string {
    const { CVIZ_RUN: _run, ...environment } = this.observedEnvironment();
    return run(source, environment);
  }

  /** The same as a part of a run. */
  observed(source: string): string {
    return run(source, this.observedEnvironment());
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Each run has a folder of its own, as in real life. */
  private observedEnvironment(): NodeJS.ProcessEnv {
    const directory = path.join(this.folder, `run ${++this.runs}`);
    mkdirSync(directory);
    return programEnvironment(this.bareEnvironment, directory, this.probePath);
  }
}

function run(source: string, env: NodeJS.ProcessEnv): string {
  return execFileSync(process.execPath, ['-e', source], { env, encoding: 'utf8' });
}
