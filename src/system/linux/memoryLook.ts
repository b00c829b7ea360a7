import { threadCpuTime } from '../threadCpuTime';
import type { ChunkWriter } from '../../trace/writer';
import { pauseAfter, type Activity, type Look } from './look';
import { classify, emptySum, sumObjects, sumParts, type MappedObject, type Sum } from './memoryParts';
import type { ProcessFolder } from './processFolder';
import { parseSmapsRollup, parseStatus, type MemoryFigures } from './procText';
import { parseSmaps, type Mapping } from './smaps';

/** A program maps most of what it needs in its first moments; before that the figures say little. */
const FIRST_TOTALS_AFTER_NS = 0.1e9;
const FIRST_PARTS_AFTER_NS = 0.2e9;
const SECOND_PARTS_AFTER_NS = 1e9;
const TOTALS_INTERVAL_NS = 1e9;
/** Of a process that does nothing only what it shares with others can change. */
const IDLE_INTERVAL_NS = 5e9;
const PARTS_INTERVAL_NS = 2e9;
/** The parts are looked at again when the totals have changed by this much. */
const PARTS_CHANGE = 1 << 20;
const MOST_OBJECTS = 40;
const OBJECT_CHANGE = 64 << 10;

/** Where the stacks of a process's threads are. */
export interface Stacks {
  /** Stack pointers as far as known. */
  pointers(): readonly number[];
}

/**
 * The memory of a process: totals about once a second, its parts and the files it maps when the totals have changed.
 * Reading them takes the lock of its address space for moments (see test/bench/sampler.ts), so the larger, the seldomer.
 */
export class MemoryLook implements Look {
  /** The mappings at the last look, in ascending order. */
  mappings: readonly Mapping[] = [];
  private readonly folder: ProcessFolder;
  private readonly writer: ChunkWriter;
  private readonly activity: Activity;
  private readonly stacks: Stacks;
  private start = 0;
  private nextTotals = 0;
  private nextParts = 0;
  private partsTaken = 0;
  private totals: MemoryFigures | null = null;
  private totalsAtParts: MemoryFigures | null = null;
  private readonly written = new Map<string, MappedObject>();

  constructor(folder: ProcessFolder, writer: ChunkWriter, activity: Activity, stacks: Stacks) {
    this.folder = folder;
    this.writer = writer;
    this.activity = activity;
    this.stacks = stacks;
  }

  get due(): number {
    return this.arePartsWanted() ? Math.min(this.nextTotals, this.nextParts) : this.nextTotals;
  }

  restart(time: number): void {
    this.start = time;
    this.nextTotals = time + FIRST_TOTALS_AFTER_NS;
    this.nextParts = time + FIRST_PARTS_AFTER_NS;
    this.partsTaken = 0;
    this.totalsAtParts = null;
    this.mappings = [];
  }

  take(time: number): void {
    const begin = threadCpuTime();
    const looksAtParts = this.arePartsWanted() && time >= this.nextParts;
    if (looksAtParts && this.takeParts(time)) {
      this.partsTaken++;
      this.totalsAtParts = this.totals;
    } else this.takeTotals(time);
    const cost = threadCpuTime() - begin;
    if (looksAtParts) this.nextParts = this.partsDueAfter(time, cost);
    const isIdle = this.activity.last < time - TOTALS_INTERVAL_NS;
    this.nextTotals = time + pauseAfter(cost, isIdle ? IDLE_INTERVAL_NS : TOTALS_INTERVAL_NS);
  }

  private partsDueAfter(time: number, cost: number): number {
    const next = time + pauseAfter(2 * cost, PARTS_INTERVAL_NS);
    return this.partsTaken === 1 ? Math.min(next, this.start + SECOND_PARTS_AFTER_NS) : next;
  }

  private arePartsWanted(): boolean {
    if (this.folder.isUnreadable('smaps')) return false;
    if (this.partsTaken < 2 || this.folder.isUnreadable('smaps_rollup')) return true;
    const { totals, totalsAtParts } = this;
    if (totals === null || totalsAtParts === null) return true;
    return (
      Math.abs(totals.private - totalsAtParts.private) > PARTS_CHANGE ||
      Math.abs(totals.shared - totalsAtParts.shared) > PARTS_CHANGE
    );
  }

  private takeTotals(time: number): void {
    const isReadable = !this.folder.isUnreadable('smaps_rollup');
    const figures = isReadable ? parseSmapsRollup(this.folder.read('smaps_rollup') ?? '') : null;
    if (figures !== null) this.writeTotals(time, figures);
    else if (this.folder.isUnreadable('smaps_rollup') && this.folder.isUnreadable('smaps'))
      this.takeResident(time);
  }

  /** Without the right to see its mappings: status is for everybody, and at least has the sum. */
  private takeResident(time: number): void {
    const { rssAnon, rssFile, rssShmem } = parseStatus(this.folder.read('status') ?? '');
    if (rssAnon === null || rssFile === null || rssShmem === null) return;
    const { pid, startTicks } = this.folder;
    const rss = rssAnon + rssFile + rssShmem;
    this.writer.add('residentMemory', { time, pid, startTicks, rss, privateCommit: null });
  }

  /** False when there is nothing to be read. */
  private takeParts(time: number): boolean {
    const text = this.folder.read('smaps');
    const mappings = text === null ? [] : parseSmaps(text);
    if (mappings.length === 0) return false;
    this.mappings = mappings;
    const parts = sumParts(mappings, classify(mappings, this.stacks.pointers()));
    const total = emptySum();
    for (const part of parts.values()) addSum(total, part);
    this.writeTotals(time, total);
    const { pid, startTicks } = this.folder;
    for (const [segment, part] of parts)
      this.writer.add('segment', { time, pid, startTicks, segment, ...part });
    this.writeObjects(time, mappings);
    return true;
  }

  private writeTotals(time: number, figures: MemoryFigures): void {
    const { rss, pss, private: own, shared } = figures;
    this.totals = { rss, pss, private: own, shared };
    const { pid, startTicks } = this.folder;
    this.writer.add('memory', { time, pid, startTicks, ...this.totals });
  }

  private writeObjects(time: number, mappings: readonly Mapping[]): void {
    const largest = [...sumObjects(mappings).values()]
      .filter(({ rss }) => rss > 0)
      .sort((a, b) => b.rss - a.rss)
      .slice(0, MOST_OBJECTS);
    const kept = new Set(largest.map(({ object }) => object));
    for (const [object, before] of this.written) {
      if (kept.has(object)) continue;
      this.written.delete(object);
      this.writeObject(time, { ...before, ...emptySum() });
    }
    for (const mapped of largest) {
      if (!hasChanged(this.written.get(mapped.object), mapped)) continue;
      this.written.set(mapped.object, mapped);
      this.writeObject(time, mapped);
    }
  }

  private writeObject(time: number, mapped: MappedObject): void {
    const { object, name, rss, pss, private: own, shared } = mapped;
    const { pid, startTicks } = this.folder;
    this.writer.add('mapping', { time, pid, startTicks, object, name, rss, pss, private: own, shared });
  }
}

function addSum(total: Sum, part: Sum): void {
  total.rss += part.rss;
  total.pss += part.pss;
  total.private += part.private;
  total.shared += part.shared;
}

function hasChanged(before: MappedObject | undefined, now: MappedObject): boolean {
  if (before === undefined) return true;
  return (['rss', 'pss', 'private'] as const).some(
    (figure) => Math.abs(before[figure] - now[figure]) > OBJECT_CHANGE,
  );
}
