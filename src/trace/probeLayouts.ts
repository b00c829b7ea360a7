import { layoutsOf } from './layout';
import { messageRecords } from './messageRecords';
import { probeRecords } from './probeRecords';

/** Of the kinds of records that the probe writes: it carries no others into the user's processes. */
export const probeLayouts = layoutsOf({ ...probeRecords, ...messageRecords });
