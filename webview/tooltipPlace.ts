/** Where a tooltip goes. Lengths are CSS pixels. */

const WIDTH = 300;
const DISTANCE = 14;
const MARGIN = 4;

/** CSS properties of a tooltip beside the pointer, on the side where there is room. */
export function besidePointer(pointer: {
  readonly clientX: number;
  readonly clientY: number;
}): Record<string, string> {
  const { clientX, clientY } = pointer;
  const isRight = clientX + DISTANCE + WIDTH > window.innerWidth;
  const isLow = clientY > window.innerHeight * 0.6;
  return {
    'max-width': `${WIDTH}px`,
    ...(isRight
      ? { right: `${Math.max(MARGIN, window.innerWidth - clientX + DISTANCE)}px` }
      : { left: `${clientX + DISTANCE}px` }),
    ...(isLow
      ? { bottom: `${window.innerHeight - clientY + DISTANCE}px` }
      : { top: `${clientY + DISTANCE}px` }),
  };
}
