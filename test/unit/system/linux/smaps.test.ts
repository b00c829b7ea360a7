import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { classify, sumObjects, sumParts, type Segment } from '../../../../src/system/linux/memoryParts';
import { mappingAt, parseSmaps } from '../../../../src/system/linux/smaps';

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

/** `address-address flags device inode name | kB private | kB shared`. */
const story = `
00400000-00500000 r--p fe:00 10 /usr/bin/node | 100 | 20          data
00500000-00600000 r-xp fe:00 10 /usr/bin/node | 0 | 400           text
00600000-00610000 rw-p fe:00 10 /usr/bin/node | 40 | 0            data
00610000-00620000 rw-p 00:00 0 | 12 | 0                           data
00700000-00800000 rw-p 00:00 0 [heap] | 300 | 0                   brk
10000000-10100000 rw-p 00:00 0 | 1000 | 0                         anonymous
10100000-10200000 rwxp 00:00 0 | 50 | 0                           jit
10200000-10300000 r-xp 00:00 0 [anon:v8] | 8 | 0                  jit
20000000-20800000 rw-p 00:00 0 | 64 | 0                           stack
20800000-20801000 ---p 00:00 0 | 0 | 0                            anonymous
30000000-30100000 r--p fe:00 11 /usr/share/icu data | 0 | 500     file
30200000-30300000 rw-s 00:05 12 /memfd:buffer (deleted) | 0 | 70  shared
30300000-30400000 rw-s 00:01 13 /dev/zero (deleted) | 4 | 0       shared
30400000-30500000 rw-p 00:00 0 [anon:glibc] | 16 | 0              anonymous
7ffc00000000-7ffc00100000 rw-p 00:00 0 [stack] | 132 | 0          stack
7ffc00200000-7ffc00204000 r--p 00:00 0 [vvar] | 0 | 0             kernel
7ffc00204000-7ffc00206000 r-xp 00:00 0 [vdso] | 0 | 4             kernel
ffffffffff600000-ffffffffff601000 --xp 00:00 0 [vsyscall] | 0 | 0 kernel
`;

const lines = story.trim().split('\n');
const expected = lines.map((line) => line.trim().split(' ').at(-1) as Segment);
const text = lines
  .map((line) => {
    const [, addresses, flags, device, inode, name = '', own, shared] =
      /^(\S+) (\S+) (\S+) (\d+)(?: (.+?))? \| (\d+) \| (\d+)/.exec(line) ?? [];
    return `${addresses} ${flags} 00000000 ${device} ${inode}                    ${name}
Size:               7612 kB
KernelPageSize:        4 kB
Rss:                ${Number(own) + Number(shared)} kB
Pss:                ${own} kB
Pss_Dirty:             9 kB
Shared_Clean:       ${shared} kB
Private_Dirty:      ${own} kB
Swap:                  1 kB
SwapPss:               1 kB
THPeligible:           0
VmFlags: rd mr mw me `;
  })
  .join('\n');

const STACK_POINTERS = [0x20000100, 0x7ffc00000010];

describe('parseSmaps', () => {
  it('finds every mapping with its figures', () => {
    const mappings = parseSmaps(text);
    assert.equal(mappings.length, lines.length);
    assert.deepEqual(mappings[0], {
      start: 0x400000,
      end: 0x500000,
      isWritable: false,
      isExecutable: false,
      isShared: false,
      object: 'fe:00:10',
      name: '/usr/bin/node',
      rss: 120 * 1024,
      pss: 100 * 1024,
      private: 100 * 1024,
      shared: 20 * 1024,
      swap: 1024,
    });
    assert.deepEqual([mappings[5]?.object, mappings[5]?.name], [null, '']);
    assert.equal(mappings[10]?.name, '/usr/share/icu data');
  });

  it('never throws, and its figures always add up', () => {
    const words = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '00400000-00401000 r-xp 00000000 fe:00 5 /x\n',
            'Rss:',
            'Private_Clean: 4 kB\n',
            'Pss: ',
            ' kB\n',
            '-',
            '\n',
          ),
          fc.string({ unit: 'binary' }),
          fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, fc.array(fc.double()), (text, pointers) => {
        const mappings = parseSmaps(text);
        const parts = sumParts(mappings, classify(mappings, pointers));
        let rss = 0;
        for (const part of parts.values()) {
          assert.equal(part.private + part.shared, part.rss);
          rss += part.rss;
        }
        assert.equal(
          rss,
          mappings.reduce((sum, mapping) => sum + mapping.rss, 0),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('classify', () => {
  const mappings = parseSmaps(text);
  const segments = classify(mappings, STACK_POINTERS);

  lines.forEach((line, index) => {
    it(line, () => assert.equal(segments[index], expected[index]));
  });

  it('without stack pointers takes the stacks of threads for other memory', () => {
    assert.equal(classify(mappings, [])[8], 'anonymous');
  });

  it('sums the mappings of a file up', () => {
    const node = sumObjects(mappings).get('fe:00:10');
    assert.deepEqual([node?.name, node?.mappings, node?.rss], ['/usr/bin/node', 3, 560 * 1024]);
    assert.equal(sumObjects(mappings).size, 4);
  });
});

describe('mappingAt', () => {
  const mappings = parseSmaps(text);
  for (const [address, name] of [
    [0x400000, '/usr/bin/node'],
    [0x60ffff, '/usr/bin/node'],
    [0x6fffff, undefined],
    [0, undefined],
    [0x7ffc00205000, '[vdso]'],
    [2 ** 63, undefined],
    [NaN, undefined],
  ] as const) {
    it(`${address.toString(16)} is in ${name ?? 'none'}`, () =>
      assert.equal(mappingAt(mappings, address)?.name, name));
  }
});

describeOnLinux('smaps of this machine', () => {
  it('has the code we run', () => {
    const mappings = parseSmaps(readFileSync('/proc/self/smaps', 'utf8'));
    const parts = sumParts(mappings, classify(mappings, []));
    for (const segment of ['text', 'data', 'anonymous', 'stack'] as const)
      assert.ok((parts.get(segment)?.rss ?? 0) > 0, segment);
  });
});
