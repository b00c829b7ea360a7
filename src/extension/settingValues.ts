/** Settings are written by hand: what has another shape than package.json asks for is left out, never passed on. */

export function stringList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Numbers and booleans are taken as their text, as people write `"PORT": 8080`. */
export function stringMap(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).flatMap(([name, item]: [string, unknown]): [string, string][] =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean'
      ? [[name, String(item)]]
      : [],
  );
  return Object.fromEntries(entries);
}

/** `${name}` as in launch.json and tasks.json; unknown ones stay as they are, so that the user sees what is wrong. */
export function expandVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole,
  );
}
