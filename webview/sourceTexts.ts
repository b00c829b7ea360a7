/** Texts around lines of source. */
export const sourceTexts = {
  open: (location: string): string => `Open ${location}`,
  copy: (location: string): string => `Copy ${location}`,
  copied: 'copied',
  notCopied: 'The browser does not allow copying',
  generated: (location: string): string => `Ran as ${location}`,
} as const;
