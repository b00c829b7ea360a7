/** Something that this machine cannot get at: tests that need it are skipped, where any other error fails them. */
export class Unavailable extends Error {}

/**
 * One line for people on why tests are skipped.
 * @throws the error itself if it is of another kind
 */
export function skipReason(error: unknown): string {
  if (error instanceof Unavailable) return error.message;
  throw error;
}
