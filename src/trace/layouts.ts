import { layoutsOf, type RecordLayout } from './layout';
import { recordSchemas } from './records';

/** Of every kind of record. */
export const layouts = layoutsOf(recordSchemas);

export const layoutsById: (RecordLayout | undefined)[] = [];
for (const layout of Object.values(layouts)) layoutsById[layout.id] = layout;
