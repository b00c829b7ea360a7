import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupName, parseCgroup, parseCpuMax, parseMemoryMax } from '../../../../src/system/linux/cgroup';
import {
  kindOfLink,
  parseLocalMounts,
  parseOpenFile,
  socketInode,
} from '../../../../src/system/linux/descriptorKind';
import { fittingList } from '../../../../src/system/linux/fittingList';
import { addInternetSockets, addUnixSockets } from '../../../../src/system/linux/socketTables';
import { channelOf, descriptorOf, parseSystemCall } from '../../../../src/system/linux/systemCall';
import { systemCallNames } from '../../../../src/system/linux/systemCallNames';
import { MAX_STRING_BYTES } from '../../../../src/trace/format';

describe('parseSystemCall', () => {
  it('of a thread that reads', () => {
    assert.deepEqual(
      parseSystemCall('0 0x3 0x7fd3fe511910 0x1 0x7fd3fe538130 0x0 0x0 0x7ffc967476c8 0x7fd3fe7162ad\n'),
      { number: 0, firstArgument: 3, stackPointer: 0x7ffc967476c8, programCounter: 0x7fd3fe7162ad },
    );
  });

  it('of one that sleeps outside of system calls has its pointers', () => {
    const call = parseSystemCall('-1 0x7ffc967476c8 0x7fd3fe7162ad\n');
    assert.deepEqual(
      [call?.number, call?.stackPointer, call?.programCounter],
      [-1, 0x7ffc967476c8, 0x7fd3fe7162ad],
    );
    assert.equal(descriptorOf('read', call!), null);
  });

  for (const text of ['running\n', '', '0', 'a b c', '0 0x1']) {
    it(`of ${JSON.stringify(text)} is nothing`, () => assert.equal(parseSystemCall(text), null));
  }
});

describe('system calls', () => {
  it('of arm64 are those of x64 that came in later', () => {
    const known = new Set(Object.values(systemCallNames('x64')));
    const onlyThere = Object.values(systemCallNames('arm64')).filter((name) => !known.has(name));
    assert.deepEqual(onlyThere, ['mkdirat']);
    assert.deepEqual(systemCallNames('mips'), {});
  });

  for (const [name, file, channel] of [
    ['epoll_pwait', null, 'do_epoll_wait'],
    ['futex', null, 'futex_wait'],
    ['wait4', null, 'do_wait'],
    ['clock_nanosleep', null, 'hrtimer_nanosleep'],
    ['read', 'pipe:[5]', 'pipe_read'],
    ['write', 'pipe:[5]', 'pipe_write'],
    ['recvfrom', 'socket:[5]', 'sk_wait_data'],
    ['sendto', 'socket:[5]', 'sk_stream_wait_memory'],
    ['read', '/dev/pts/3', 'n_tty_read'],
    ['read', '/home/file', null],
    ['fsync', '/home/file', null],
  ] as const) {
    it(`${name} of ${file ?? 'nothing'} sleeps in ${channel ?? 'who knows'}`, () => {
      assert.equal(channelOf(name, file), channel);
    });
  }
});

describe('kindOfLink', () => {
  for (const [link, kind] of [
    ['socket:[5]', 'socket'],
    ['pipe:[5]', 'pipe'],
    ['anon_inode:[eventfd]', 'eventfd'],
    ['anon_inode:[eventpoll]', 'epoll'],
    ['anon_inode:inotify', 'inotify'],
    ['anon_inode:[timerfd]', 'timerfd'],
    ['anon_inode:[signalfd]', 'signalfd'],
    ['anon_inode:[io_uring]', 'io_uring'],
    ['anon_inode:[pidfd]', 'other'],
    ['anon_inode:[constructor]', 'other'],
    ['/memfd:name (deleted)', 'memfd'],
    ['/dev/pts/3', 'terminal'],
    ['/dev/tty', 'terminal'],
    ['/dev/null', 'device'],
    ['/dev/shm/x', 'path'],
    ['/home/x (deleted)', 'path'],
    ['net:[5]', 'other'],
    ['', 'other'],
  ] as const) {
    it(`${link} is ${kind}`, () => assert.equal(kindOfLink(link), kind));
  }
});

describe('mounts and open files', () => {
  it('tell what may be asked without waiting', () => {
    const text = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
36 22 0:31 / /home rw - nfs4 server:/home rw,addr=10.0.0.1
37 22 0:32 / /tmp\\040x rw master:1 - tmpfs none rw
38 22 0:33 / /mnt rw - fuse.sshfs me@there rw
`;
    assert.deepEqual([...parseLocalMounts(text)], [22, 37]);
  });

  it('of a folder', () => {
    const flags = process.arch === 'arm64' ? '02040000' : '02200000';
    const text = `pos:\t0\nflags:\t${flags}\nmnt_id:\t36\nino:\t5\n`;
    assert.deepEqual(parseOpenFile(text), { isDirectory: true, mount: 36 });
    assert.deepEqual(parseOpenFile('pos:\t0\nflags:\t02\n'), { isDirectory: false, mount: null });
  });
});

describe('sockets', () => {
  const littleEndianOnly = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? it : it.skip;

  littleEndianOnly('of the internet', () => {
    const names = new Map<number, string>();
    const lines = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1060 1 0 100 0 0 10 0',
      '   1: 0100007F:0BB8 0200A8C0:1F90 01 00000000:00000000 02:000A 00000000  1000        0 1061 2 0 20 4 30 10 -1',
    ];
    addInternetSockets(lines.join('\n'), 'tcp', names);
    const six =
      '   0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 0:0 00:0 0 0 0 1062 2';
    addInternetSockets(six, 'udp', names);
    assert.deepEqual(
      [...names],
      [
        [1060, 'tcp 127.0.0.1:3000 listening'],
        [1061, 'tcp 127.0.0.1:3000 to 192.168.0.2:8080'],
        [1062, 'udp [::1]:53'],
      ],
    );
  });

  it('of the machine', () => {
    const names = new Map<number, string>();
    const text = `Num       RefCount Protocol Flags    Type St Inode Path
0000000026cea533: 00000003 00000000 00000000 0001 03  1056
00000000e74c3f8f: 00000002 00000000 00010000 0001 01 31057 /run/a b
00000000e74c3f8f: 00000002 00000000 00010000 0001 01 31058 @abstract
`;
    addUnixSockets(text, names);
    assert.deepEqual(
      [...names],
      [
        [1056, 'unix'],
        [31057, 'unix /run/a b'],
        [31058, 'unix @abstract'],
      ],
    );
  });
});

describe('control groups', () => {
  it('of version 2', () => {
    const groups = parseCgroup('0::/user.slice/a:b\n');
    assert.equal(groups.unified, '/user.slice/a:b');
    assert.equal(groupName(groups), '/user.slice/a:b');
  });

  it('of version 1', () => {
    const groups = parseCgroup('4:memory:/docker/1\n3:cpu,cpuacct:/docker/1\n1:name=systemd:/x\n');
    assert.equal(groups.unified, null);
    assert.equal(groups.byController.get('cpuacct'), '/docker/1');
    assert.equal(groupName(groups), '/docker/1');
  });

  it('quotas are in cores', () => {
    assert.equal(parseCpuMax('150000 100000\n'), 1.5);
    assert.equal(parseCpuMax('max 100000\n'), null);
    assert.equal(parseCpuMax('-1 100000\n'), null);
    assert.equal(parseCpuMax('1 0'), null);
  });

  it('memory is in bytes, and no limit is none', () => {
    assert.equal(parseMemoryMax('536870912\n'), 536870912);
    assert.equal(parseMemoryMax('max\n'), null);
    assert.equal(parseMemoryMax('9223372036854771712\n'), null);
  });
});

describe('fittingList', () => {
  it('always fits, and is always JSON', () => {
    const item = fc.tuple(
      fc.nat(),
      fc.constantFrom('file', 'socket'),
      fc.string({ unit: 'binary', maxLength: 400 }),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 300, size: 'max' }), (items) => {
        const text = fittingList(items);
        assert.ok(Buffer.byteLength(text) <= MAX_STRING_BYTES);
        const parsed = JSON.parse(text) as [number, string, string][];
        assert.deepEqual(
          parsed.map(([number]) => number),
          items.slice(0, parsed.length).map(([number]) => number),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('takes as many as fit', () => {
    const items = Array.from({ length: 1000 }, (_, number) => [number, 'file', 'x'.repeat(50)] as const);
    const list = fittingList(items);
    assert.ok(Buffer.byteLength(list) > MAX_STRING_BYTES - 100);
    assert.equal(fittingList([]), '[]');
  });
});

describe('these parsers', () => {
  it('never throw, whatever the text', () => {
    const words = fc
      .array(
        fc.oneof(
          fc.constantFrom(':', ' ', '\n', '0x', '0::/', ' - ', 'flags:\t', '00000000:0000', 'socket:[', '/'),
          fc.string({ unit: 'binary' }),
          fc.nat().map(String),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, (text) => {
        const call = parseSystemCall(text);
        if (call !== null) assert.ok(Number.isFinite(call.stackPointer));
        parseCgroup(text);
        assert.ok((parseCpuMax(text) ?? 1) > 0 && (parseMemoryMax(text) ?? 0) >= 0);
        kindOfLink(text);
        parseLocalMounts(text);
        parseOpenFile(text);
        assert.ok((socketInode(text) ?? 0) >= 0);
        const names = new Map<number, string>();
        addInternetSockets(text, 'tcp', names);
        addUnixSockets(text, names);
        assert.ok([...names.keys()].every(Number.isFinite));
      }),
      { numRuns: 1000 },
    );
  });
});
