import type { Result } from '../base/result';
import { emptyModel } from '../model/model';
import { reduce } from '../model/reduce';
import type { Model } from '../model/types';
import { SourceMaps } from '../run/sourceMaps';
import type { TraceRecord } from '../trace/records';
import { loadRecording, type Loaded } from './loadRecording';

/**
 * A recording as a model whose locations are those of the source, as far as the source maps are on this machine; else
 * as recorded. Not in the finished report: it has no columns, without which all lines of a minified bundle are one.
 */
export function loadModel(file: string): { readonly model: Model; readonly loaded: Result<Loaded> } {
  const model = emptyModel();
  const original = cachedOriginals();
  const loaded = loadRecording(file, (record, source) => {
    reduce(model, withOriginal(record, original), source);
  });
  return { model, loaded };
}

function withOriginal(record: TraceRecord, original: (location: string) => string): TraceRecord {
  if (!('location' in record) || record.location === null) return record;
  const location = original(record.location);
  return location === record.location ? record : { ...record, location };
}

/** There are few lines and many records. */
function cachedOriginals(): (location: string) => string {
  const sourceMaps = new SourceMaps();
  const originals = new Map<string, string>();
  return (location) => {
    let original = originals.get(location);
    if (original === undefined) {
      original = sourceMaps.locate(location).original ?? location;
      originals.set(location, original);
    }
    return original;
  };
}
