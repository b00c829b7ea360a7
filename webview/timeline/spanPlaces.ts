/** Where the layers of spans lie in a row, and how short a span may be to stand alone. Pure; CSS pixels. */
import { spanLayers, type SpanLayer } from '../../src/model/spans';
import type { RowGeometry } from './lane';

/** Spans that are shorter are painted together. */
export const MIN_SPAN_WIDTH = 4;
/** From this height on a step between layers is two pixels. */
const TALL = 12;

/** How much lower an inner layer begins. */
export function layerStep({ spanHeight }: RowGeometry): number {
  return spanHeight >= TALL ? 2 : 1;
}

/** Top of a layer within the row; all of them end at the strip's bottom. */
export function layerTop(layer: SpanLayer, geometry: RowGeometry): number {
  return geometry.spanTop + spanLayers.indexOf(layer) * layerStep(geometry);
}
