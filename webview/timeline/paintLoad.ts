/** Paints the CPU strip: threads running and ready over time, against the number of cores. Device pixels. */
import type { LoadColumns } from '../../src/model/programLoad';
import type { Palette } from '../palette';

export interface LoadScene {
  readonly columns: LoadColumns;
  /** Null where the system does not tell: then only what ran is painted. */
  readonly cores: number | null;
  readonly coresLabel: string;
  readonly showsReady: boolean;
  /** Of the canvas. Every column is as wide as the others. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly palette: Palette;
}

const FONT_SIZE = 10;
/** Free room above the line of the cores and above the highest peak. */
const HEADROOM = 1.2;
const DASH = [4, 3];
/** Device pixels; less of it would hardly be seen any more. */
const MIN_PARTED = 3;

export function paintLoad(context: CanvasRenderingContext2D, scene: LoadScene): void {
  const { width, height, palette, columns, showsReady } = scene;
  context.clearRect(0, 0, width, height);
  const scale = height / highest(scene);
  const { running, ready } = columns;
  const gap = Math.max(1, Math.floor(scene.pixelRatio));
  fillArea(context, scene, palette.states.running.fill, (column) => (running[column] ?? 0) * scale);
  if (showsReady) {
    // Stacked: on top of what runs.
    fillArea(
      context,
      scene,
      palette.states.ready.fill,
      (column) => ((running[column] ?? 0) + (ready[column] ?? 0)) * scale,
      // A hairline between the two, for whoever cannot tell their colours apart.
      (column) => (running[column] ?? 0) * scale + ((ready[column] ?? 0) * scale > MIN_PARTED ? gap : 0),
    );
  }
  if (scene.cores !== null) paintCores(context, scene, height - scene.cores * scale);
}

/** The number of threads that the height stands for. */
function highest({ columns, cores, showsReady }: LoadScene): number {
  let most = cores ?? 1;
  for (let column = 0; column < columns.running.length; column++) {
    const ready = showsReady ? (columns.ready[column] ?? 0) : 0;
    most = Math.max(most, (columns.running[column] ?? 0) + ready);
  }
  return most * HEADROOM;
}

type HeightAt = (column: number) => number;

function fillArea(
  context: CanvasRenderingContext2D,
  scene: LoadScene,
  color: string,
  top: HeightAt,
  bottom: HeightAt = () => 0,
): void {
  const { width, height, columns } = scene;
  const count = columns.running.length;
  const columnWidth = width / Math.max(1, count);
  context.fillStyle = color;
  for (let column = 0; column < count; column++) {
    const low = bottom(column);
    const high = top(column);
    if (high <= low) continue;
    const left = Math.round(column * columnWidth);
    // What is not nothing is at least a hairline.
    const size = Math.max(1, high - low);
    context.fillRect(left, height - low - size, Math.round((column + 1) * columnWidth) - left, size);
  }
}

function paintCores(context: CanvasRenderingContext2D, scene: LoadScene, at: number): void {
  const { width, pixelRatio, palette, coresLabel } = scene;
  const y = Math.round(at) + 0.5;
  context.save();
  context.strokeStyle = palette.foreground;
  context.lineWidth = Math.max(1, Math.floor(pixelRatio));
  context.setLineDash(DASH.map((length) => length * pixelRatio));
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(width, y);
  context.stroke();
  context.restore();
  paintLabel(context, scene, coresLabel, y);
}

/** Above the line if there is room, else below; on a ground of its own, since areas may lie behind it. */
function paintLabel(context: CanvasRenderingContext2D, scene: LoadScene, text: string, y: number): void {
  const { width, pixelRatio, palette } = scene;
  const px = (length: number): number => Math.round(length * pixelRatio);
  context.font = `${px(FONT_SIZE)}px ${palette.fontFamily}`;
  context.textBaseline = 'middle';
  const textWidth = context.measureText(text).width;
  const boxHeight = px(FONT_SIZE + 3);
  const left = width - textWidth - px(8);
  const top = y - boxHeight - px(1) >= 0 ? y - boxHeight - px(1) : y + px(2);
  context.fillStyle = palette.background;
  context.globalAlpha = 0.8;
  context.fillRect(left - px(3), top, textWidth + px(6), boxHeight);
  context.globalAlpha = 1;
  context.fillStyle = palette.foreground;
  context.fillText(text, left, top + boxHeight / 2);
}
