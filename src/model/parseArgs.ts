/** An argument list as records carry it: a JSON array of strings. Anything else (it may be cut) is one argument. */
export function parseArgs(json: string): readonly string[] {
  if (json === '') return [];
  try {
    const value: unknown = JSON.parse(json);
    if (Array.isArray(value)) return value.map(String);
  } catch {
    // A list too long for a record's string was cut: show what there is.
  }
  return [json];
}
