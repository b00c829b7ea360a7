import { ok, type Result } from '../base/result';
import { report } from '../model/report';
import { loadModel } from './loadModel';
import { textReport } from './textReport';

/** `cviz report`: a recording as text or JSON. */
export function printReport(file: string, json: boolean): Result<null> {
  const { model, loaded } = loadModel(file);
  if (!loaded.ok) return loaded;
  if (loaded.value.problem !== null) process.stderr.write(`cviz: ${loaded.value.problem}\n`);
  process.stdout.write(json ? `${JSON.stringify(report(model), null, 2)}\n` : textReport(model));
  return ok(null);
}
