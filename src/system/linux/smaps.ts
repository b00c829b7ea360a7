/** One mapping of a process. Sizes are in bytes; private + shared = rss. */
export interface Mapping {
  /** Addresses: the first, and the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly isWritable: boolean;
  readonly isExecutable: boolean;
  /** Mapped with MAP_SHARED: what one process writes, the others see. */
  readonly isShared: boolean;
  /** Device and inode of what is mapped; null for anonymous memory. */
  readonly object: string | null;
  /** A path, or the kernel's word in brackets; may be empty. */
  readonly name: string;
  readonly rss: number;
  readonly pss: number;
  readonly private: number;
  readonly shared: number;
  readonly swap: number;
}

type Figures = { -readonly [K in 'pss' | 'private' | 'shared' | 'swap']: Mapping[K] };

const HEADER =
  /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) [r-]([w-])([x-])([ps]) [0-9a-f]+ ([0-9a-f]+:[0-9a-f]+) (\d+)/;

const figuresByName = new Map<string, keyof Figures>([
  ['Pss', 'pss'],
  ['Private_Clean', 'private'],
  ['Private_Dirty', 'private'],
  ['Private_Hugetlb', 'private'],
  ['Shared_Clean', 'shared'],
  ['Shared_Dirty', 'shared'],
  ['Shared_Hugetlb', 'shared'],
  ['Swap', 'swap'],
]);

/** /proc/PID/smaps, in ascending order of address. Lines that are neither a mapping nor a figure are left out. */
export function parseSmaps(text: string): Mapping[] {
  const mappings: Mapping[] = [];
  let header: Header | null = null;
  let figures = noFigures();
  const add = (): void => {
    if (header !== null) mappings.push({ ...header, ...figures, rss: figures.private + figures.shared });
  };
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    // Names of figures begin with a capital letter, addresses with a digit or a small one.
    if (isCapital(text.charCodeAt(start))) addFigure(figures, text, start, end);
    else {
      const next = parseHeader(text.slice(start, end));
      if (next !== null) {
        add();
        header = next;
        figures = noFigures();
      }
    }
    start = end + 1;
  }
  add();
  return mappings;
}

type Header = Omit<Mapping, keyof Figures | 'rss'>;

function parseHeader(line: string): Header | null {
  const match = HEADER.exec(line);
  if (match === null) return null;
  const [whole, start = '', end = '', write, execute, sharing, device = '', inode = ''] = match;
  return {
    start: Number.parseInt(start, 16),
    end: Number.parseInt(end, 16),
    isWritable: write === 'w',
    isExecutable: execute === 'x',
    isShared: sharing === 's',
    object: inode === '0' ? null : `${device}:${inode}`,
    name: line.slice(whole.length).trimStart(),
  };
}

function addFigure(figures: Figures, text: string, start: number, end: number): void {
  const colon = text.indexOf(':', start);
  if (colon < 0 || colon >= end) return;
  const figure = figuresByName.get(text.slice(start, colon));
  if (figure === undefined) return;
  const kB = Number.parseInt(text.slice(colon + 1, Math.min(end, colon + 32)), 10);
  if (kB >= 0) figures[figure] += kB * 1024;
}

function noFigures(): Figures {
  return { pss: 0, private: 0, shared: 0, swap: 0 };
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** The mapping that an address lies in, of mappings in ascending order. */
export function mappingAt(mappings: readonly Mapping[], address: number): Mapping | null {
  let low = 0;
  let high = mappings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mappings[middle]?.end ?? 0) > address) high = middle;
    else low = middle + 1;
  }
  const found = mappings[low];
  return found !== undefined && found.start <= address ? found : null;
}
