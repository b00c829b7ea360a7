import assert from 'node:assert/strict';
import fc from 'fast-check';
import { processesOfTree, type TreeMember } from '../../../src/system/processTree';

function process(pid: number, ppid: number, startMs: number | null = 0) {
  return { pid, ppid, startMs };
}

function member(pid: number, startMs: number | null = 0, endMs: number | null = null): TreeMember {
  return { pid, startMs, endMs };
}

function pidsOf(...[listed, members]: Parameters<typeof processesOfTree>): number[] {
  return processesOfTree(listed, members).map(({ pid }) => pid);
}

describe('processesOfTree', () => {
  const machine = [process(1, 0), process(10, 1), process(11, 10), process(12, 11), process(20, 1)];

  it('is the root and all its descendants, parents first, whatever the order of the list', () => {
    assert.deepEqual(pidsOf(machine, [member(10)]), [10, 11, 12]);
    assert.deepEqual(pidsOf([...machine].reverse(), [member(10)]), [10, 11, 12]);
  });

  it('keeps an orphan that now has another parent, and what it starts', () => {
    const later = [process(1, 0), process(12, 1), process(13, 12)];
    assert.deepEqual(pidsOf(later, [member(10), member(11), member(12)]), [12, 13]);
  });

  it('takes whoever has the pid of a root whose start is not known yet', () => {
    assert.deepEqual(pidsOf([process(10, 1, 5000)], [member(10, null)]), [10]);
  });

  it('is not fooled by a pid that is used again', () => {
    assert.deepEqual(pidsOf([process(10, 1, 5000)], [member(10, 1000)]), []);
    // A stranger that names the root's pid as its parent, from before the root.
    assert.deepEqual(pidsOf([process(10, 1, 5000), process(30, 10, 4000)], [member(10, 5000)]), [10]);
  });

  it('finds the child of a process that ended before the child was seen', () => {
    const ended = member(11, 1000, 3000);
    assert.deepEqual(pidsOf([process(12, 11, 2000)], [ended]), [12]);
    assert.deepEqual(pidsOf([process(12, 11, 3500)], [ended]), [], 'of a later user of the pid');
    assert.deepEqual(pidsOf([process(12, 11, null)], [ended]), [], 'nobody knows');
  });

  it('gives up on no list, whatever it claims', () => {
    const pid = fc.integer({ min: 0, max: 8 });
    const time = fc.option(fc.integer({ min: 0, max: 3 }));
    const listed = fc.array(fc.record({ pid, ppid: pid, startMs: time }));
    const members = fc.array(fc.record({ pid, startMs: time, endMs: time }));
    fc.assert(
      fc.property(listed, members, (all, known) => {
        const found = processesOfTree(all, known);
        assert.equal(new Set(found).size, found.length);
        assert.ok(found.every((one) => all.includes(one)));
      }),
    );
  });
});
