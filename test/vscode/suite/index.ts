import { format } from 'node:util';
import Mocha from 'mocha';
import { suiteBanner } from './banner';

/**
 * Entry of the suite that runs inside the extension host: VS Code calls it and takes a rejection for a failure.
 * Everything is in one bundle, so the tests register themselves when their files are required below.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'spec', color: false });
  // What `mocha.addFile` would do for a file on disk: give the globals describe, it, … to this instance.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./activation.test');
  console.log(suiteBanner);
  const failures = await new Promise<number>((resolve) => {
    withPlainConsole(() => mocha.run(resolve));
  });
  if (failures > 0) throw new Error(`${failures} of the tests in the extension host failed`);
}

/**
 * VS Code sends console calls of the extension host on as separate arguments and loses what `%s` stood for; the
 * reporter formats that way.
 */
function withPlainConsole(start: () => void): void {
  const log = Mocha.reporters.Base.consoleLog;
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => log(format(...args));
  start();
}
