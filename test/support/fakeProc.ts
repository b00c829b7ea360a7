import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface FakeThread {
  readonly name?: string;
  readonly state?: string;
  readonly startTicks?: number;
  /** Of stat, in ticks. */
  readonly cpuTicks?: number;
  readonly ppid?: number;
  readonly threads?: number;
}

/** A folder that looks like /proc to the sampler, with processes in it that misbehave as told. */
export class FakeProc {
  readonly root: string;
  private newestPid = 100;

  constructor(root: string) {
    this.root = root;
    this.write('self/schedstat', '123456789 1000 10\n');
    this.write('self/limits', 'Max open files            1024                 1024                 files\n');
    this.write('uptime', `${Number(process.hrtime.bigint()) / 1e9} 0\n`);
    this.addNews();
  }

  /** As if something had been created on the machine. */
  addNews(): void {
    this.write('loadavg', `0.00 0.00 0.00 1/100 ${++this.newestPid}\n`);
  }

  /** A process of one thread that sleeps; its other files are as ordinary as can be. */
  addProcess(pid: number, thread: FakeThread = {}): void {
    this.write(`${pid}/stat`, statText(pid, thread));
    this.write(`${pid}/cmdline`, 'program\0argument\0');
    this.write(`${pid}/environ`, '');
    this.write(`${pid}/status`, `Name:\tprogram\nUid:\t7\t8\t9\t10\nCpus_allowed_list:\t0-1\n`);
    this.write(
      `${pid}/limits`,
      'Max open files            20                   unlimited            files\n',
    );
    this.write(`${pid}/cgroup`, '0::/group\n');
    this.write(`${pid}/smaps`, '');
    this.write(`${pid}/smaps_rollup`, '');
    mkdirSync(this.file(`${pid}/fd`));
    symlinkSync('/', this.file(`${pid}/cwd`));
    this.addThread(pid, pid, thread);
  }

  addThread(pid: number, tid: number, thread: FakeThread = {}): void {
    const folder = `${pid}/task/${tid}`;
    this.write(`${folder}/stat`, statText(tid, thread));
    this.write(`${folder}/schedstat`, '1000 100 1\n');
    this.write(`${folder}/wchan`, 'do_epoll_wait');
    this.write(`${folder}/syscall`, 'running\n');
    this.write(`${folder}/status`, 'Name:\tprogram\n');
    this.addNews();
  }

  writeStat(pid: number, thread: FakeThread): void {
    this.write(`${pid}/stat`, statText(pid, thread));
    this.write(`${pid}/task/${pid}/stat`, statText(pid, thread));
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), text);
  }

  remove(name: string): void {
    rmSync(this.file(name), { recursive: true, force: true });
  }

  /** What is read of it then is an error. */
  replaceByFolder(name: string): void {
    this.remove(name);
    mkdirSync(this.file(name), { recursive: true });
  }

  file(name: string): string {
    return path.join(this.root, name);
  }
}

function statText(pid: number, thread: FakeThread): string {
  const { name = 'program', state = 'S', startTicks = 1, cpuTicks = 0, ppid = 1, threads = 1 } = thread;
  return (
    `${pid} (${name}) ${state} ${ppid} ${pid} ${pid} 0 -1 4194304 11 0 22 0 ${cpuTicks} 0 0 0 20 0 ${threads} 0 ${startTicks} ` +
    '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 17 3 0 0 0 0 0 0 0 0 0 0 0 0 0\n'
  );
}
