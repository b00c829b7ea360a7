import { runTestFile } from './runTestFile';
import type { Bench, Outcome } from './runTestFile';
import type { TestFile } from './testFiles';

export interface Comparison {
  readonly file: TestFile;
  /** `uncomparable`: skips or fails without the probe already; `unobserved`: passed because the probe was not there. */
  readonly result: 'same' | 'differs' | 'unobserved' | 'uncomparable';
  readonly bare: Outcome | null;
  readonly probed: Outcome | null;
  /** It needed a second try under the probe. */
  readonly shaky: boolean;
}

const triesBare = 2;
/** A test that fails now and then on a loaded machine deserves one try more than it gets bare. */
const triesProbed = 3;

/** Bare first, then under the probe: the whole truth, in twice the time. */
export async function compareTestFile(bench: Bench, file: TestFile): Promise<Comparison> {
  const bare = await tryRun(bench, file, false, triesBare);
  if (bare.outcome.verdict !== 'passed') {
    return { file, result: 'uncomparable', bare: bare.outcome, probed: null, shaky: false };
  }
  const probed = await tryRun(bench, file, true, triesProbed);
  return { ...judge(file, bare.outcome, probed.outcome), shaky: probed.tries > 1 };
}

/** Under the probe first; a file known to pass bare is run bare only if it then does not. */
export async function compareQuickly(bench: Bench, file: TestFile): Promise<Comparison> {
  const first = await tryRun(bench, file, true, 1);
  if (first.outcome.verdict === 'passed') return { ...judge(file, null, first.outcome), shaky: false };
  return compareTestFile(bench, file);
}

function judge(file: TestFile, bare: Outcome | null, probed: Outcome): Omit<Comparison, 'shaky'> {
  if (probed.verdict !== 'passed') return { file, result: 'differs', bare, probed };
  return { file, result: probed.logs === 0 ? 'unobserved' : 'same', bare, probed };
}

async function tryRun(
  bench: Bench,
  file: TestFile,
  probed: boolean,
  tries: number,
): Promise<{ outcome: Outcome; tries: number }> {
  for (let n = 1; ; n += 1) {
    const outcome = await runTestFile(bench, file, probed);
    if (outcome.verdict !== 'failed' || n === tries) return { outcome, tries: n };
  }
}

/** Runs them all, `jobs` at a time and those that must be alone at the end, and tells of each as it is done. */
export async function compareAll(
  files: readonly TestFile[],
  jobs: number,
  compare: (file: TestFile) => Promise<Comparison>,
  done: (comparison: Comparison) => void,
): Promise<void> {
  const drain = async (queue: TestFile[]): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) done(await compare(file));
  };
  const together = files.filter((file) => !file.alone);
  await Promise.all(Array.from({ length: jobs }, () => drain(together)));
  await drain(files.filter((file) => file.alone));
}
