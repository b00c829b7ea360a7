/** Why the original of a generated line is not known, or is not there: sentences for the user. */
export const sourceMapProblems = {
  remote: (url: string): string =>
    `Its source map is at ${shortened(url)}, and nothing is fetched from the network.`,
  missing: (path: string): string =>
    `There is no file ${shortened(path)}, which should be its source map. Build the program with source maps to see its own lines.`,
  unreadable: (path: string): string =>
    `Its source map ${shortened(path)} cannot be read: it is too large, or you have no permission.`,
  damaged: (what: string): string =>
    `Its source map is damaged (${what}). Build the program again to see its own lines.`,
  tooLarge: (): string => 'Its source map is too large to be read here.',
  missingOriginal: (path: string, hasContent: boolean): string =>
    hasContent
      ? `The original ${shortened(path)} does not exist on this machine; only the source map has its text.`
      : `The original ${shortened(path)} does not exist on this machine.`,
};

function shortened(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
