/** The little arithmetic on colours that the palette needs. Pure. */

/** Channels from 0 to 255. */
export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Reads what browsers give as a computed colour: `rgb(…)`, `rgba(…)` or `color(srgb …)`. */
export function parseColor(text: string): Rgb {
  const numbers = text.match(/-?[\d.]+(e-?\d+)?/gi)?.map(Number) ?? [];
  const scale = text.startsWith('color(') ? 255 : 1;
  const [red = 0, green = 0, blue = 0] = numbers.map((value) => value * scale);
  return { red, green, blue };
}

export function toCss({ red, green, blue }: Rgb): string {
  return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}

/** Black or white, whichever has more contrast (WCAG 2). */
export function readableOn(color: Rgb): string {
  return luminance(color) > 0.179 ? '#000000' : '#ffffff';
}

export function luminance({ red, green, blue }: Rgb): number {
  const [r, g, b] = [red, green, blue].map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
