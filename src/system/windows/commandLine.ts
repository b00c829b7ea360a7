/**
 * A Windows command line as the arguments its program sees, by the rules of CommandLineToArgvW: spaces separate, quotes
 * hold together, a backslash is one unless quotes follow; doubled quotes within quotes stand for one.
 */
export function splitCommandLine(text: string): string[] {
  const args: string[] = [];
  let current: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') {
      let end = at;
      while (text.charAt(end) === '\\') end++;
      const count = end - at;
      const beforeQuote = text.charAt(end) === '"';
      current = (current ?? '') + '\\'.repeat(beforeQuote ? count >> 1 : count);
      if (beforeQuote && count % 2 === 1) {
        current += '"';
        end++;
      }
      at = end - 1;
    } else if (character === '"') {
      current ??= '';
      if (isQuoted && text.charAt(at + 1) === '"') {
        current += '"';
        at++;
      } else isQuoted = !isQuoted;
    } else if (!isQuoted && (character === ' ' || character === '\t')) {
      if (current !== null) args.push(current);
      current = null;
    } else current = (current ?? '') + character;
  }
  if (current !== null) args.push(current);
  return args;
}
