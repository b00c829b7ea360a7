/**
 * Runs a piece of the probe. A guest never throws into the program: whatever goes wrong here is swallowed, and the
 * program's own call goes on.
 */
export function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
