import path from 'node:path';
import { listLines } from './testFiles';

/** A difference that is known and accepted. */
export interface ExpectedDifference {
  readonly name: string;
  /** Major versions of Node in which it shows; empty: in all. */
  readonly majors: readonly number[];
  readonly reason: string;
}

const listFile = path.join(__dirname, 'expectedDifferences.txt');

/** @throws Error naming the first line that cannot be read */
export function expectedDifferences(version: string): ReadonlyMap<string, ExpectedDifference> {
  const major = Number(version.split('.')[0]);
  const all = listLines(listFile).map(parseLine);
  const here = all.filter(({ majors }) => majors.length === 0 || majors.includes(major));
  return new Map(here.map((difference) => [difference.name, difference]));
}

function parseLine(line: string): ExpectedDifference {
  const match = /^((?:parallel|sequential)\/\S+\.m?js)(?: \((\d+(?:, \d+)*)\))?: (.+)$/.exec(line);
  const [, name, majors, reason] = match ?? [];
  if (name === undefined || reason === undefined)
    throw new Error(`expectedDifferences.txt cannot be read here: ${line}`);
  return { name, majors: majors?.split(', ').map(Number) ?? [], reason };
}
