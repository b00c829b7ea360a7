import { ok, type Result } from '../base/result';
import { endLike, forwardSignals, resolveProgram, startProgram } from './program';

/** What outlives the program gets this long to finish; a wrapper must not hold its caller up. */
const GRACE_MS = 300;

/** `cviz record`: runs a program and keeps the recording. Its output, exit code and signal are the program's own. */
export async function record(words: readonly string[], output: string): Promise<Result<null>> {
  const program = await resolveProgram(words);
  if (!program.ok) return program;
  const started = startProgram(program.value, output);
  if (!started.ok) return started;
  const { run, child, ended } = started.value;
  const stopForwarding = forwardSignals(child);
  const observed = new Promise<string | null>((resolve) => {
    run.onEnded(({ problem }) => {
      resolve(problem);
    });
  });
  const end = await ended;
  const grace = new Promise<null>((resolve) => {
    setTimeout(resolve, GRACE_MS, null);
  });
  const problem = await Promise.race([observed, grace]);
  run.dispose();
  stopForwarding();
  if (!end.ok) return end;
  // Said, but not by the exit code: that is the program's.
  if (problem !== null) process.stderr.write(`cviz: ${problem}\n`);
  endLike(end.value);
  return ok(null);
}
