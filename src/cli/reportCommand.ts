import { ok, type Result } from '../base/result';
import { emptyModel } from '../model/model';
import { reduce } from '../model/reduce';
import { report } from '../model/report';
import { loadRecording } from './loadRecording';
import { textReport } from './textReport';

/** `cviz report`: a recording as text or JSON. */
export function printReport(file: string, json: boolean): Result<null> {
  const model = emptyModel();
  const loaded = loadRecording(file, (record, source) => {
    reduce(model, record, source);
  });
  if (!loaded.ok) return loaded;
  if (loaded.value.problem !== null) process.stderr.write(`cviz: ${loaded.value.problem}\n`);
  process.stdout.write(json ? `${JSON.stringify(report(model), null, 2)}\n` : textReport(model));
  return ok(null);
}
