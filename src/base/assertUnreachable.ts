/** Closes a switch over a union: a member that is not handled becomes a compile error at the call. */
export function assertUnreachable(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
