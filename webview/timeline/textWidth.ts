/** Measuring text is dear, and the same few words are measured again with every frame. */
const widths = new Map<string, number>();
const MOST_KNOWN = 4096;

/** Width of a text in the font that the context has; `font` names it. */
export function textWidth(context: CanvasRenderingContext2D, font: string, text: string): number {
  const key = `${font}\n${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = context.measureText(text).width;
    if (widths.size >= MOST_KNOWN) widths.clear();
    widths.set(key, width);
  }
  return width;
}
