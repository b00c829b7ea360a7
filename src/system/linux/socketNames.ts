import { monotonicNow } from './look';
import type { ProcFiles } from './procFiles';
import { addInternetSockets, addUnixSockets } from './socketTables';

/** A machine with a hundred thousand connections is not asked for all of them every few seconds. */
const SHARE = 0.002;
const REMEMBERED_NS = 5e9;
const MOST_NAMESPACES = 16;

interface Tables {
  readonly until: number;
  readonly names: ReadonlyMap<number, string>;
}

/** What sockets are, by their inode: read at most every few seconds, for all processes of a network namespace. */
export class SocketNames {
  private readonly files: ProcFiles;
  private readonly tables = new Map<string, Tables>();

  constructor(files: ProcFiles) {
    this.files = files;
  }

  /** For the process with this folder. */
  of(processPath: string, time: number): ReadonlyMap<number, string> {
    const link = this.files.link(`${processPath}/ns/net`);
    const namespace = link.ok ? link.value : processPath;
    const known = this.tables.get(namespace);
    if (known !== undefined && known.until > time) return known.names;
    if (this.tables.size >= MOST_NAMESPACES) this.tables.clear();
    const begin = monotonicNow();
    const names = this.read(`${processPath}/net`);
    const pause = Math.max(REMEMBERED_NS, (monotonicNow() - begin) / SHARE);
    this.tables.set(namespace, { until: time + pause, names });
    return names;
  }

  private read(folder: string): Map<number, string> {
    const names = new Map<number, string>();
    for (const protocol of ['tcp', 'tcp6', 'udp', 'udp6']) {
      const text = this.files.read(`${folder}/${protocol}`);
      if (text.ok) addInternetSockets(text.value, protocol.slice(0, 3), names);
    }
    const unix = this.files.read(`${folder}/unix`);
    if (unix.ok) addUnixSockets(unix.value, names);
    return names;
  }
}
