/** Parsers for /proc/PID/net/{tcp,tcp6,udp,udp6,unix}: what a socket is, by its inode. */

/** Byte order of the addresses. */
const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

const LISTENING = '0A';

/** tcp, tcp6, udp, udp6: `tcp 127.0.0.1:3000 listening`, `udp [::1]:53 to [::1]:4000`. */
export function addInternetSockets(text: string, protocol: string, names: Map<number, string>): void {
  for (const line of text.split('\n')) {
    const match =
      /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) (?:\S+\s+){5}(\d+)/.exec(
        line,
      );
    if (match === null) continue;
    const [, address = '', port = '', peer = '', peerPort = '', state, inode] = match;
    const own = `${protocol} ${formatAddress(address)}:${Number.parseInt(port, 16)}`;
    const isConnected = Number.parseInt(peerPort, 16) !== 0;
    const other = isConnected ? ` to ${formatAddress(peer)}:${Number.parseInt(peerPort, 16)}` : '';
    names.set(Number(inode), `${own}${state === LISTENING ? ' listening' : other}`);
  }
}

/** unix: `unix /run/x`, `unix @abstract`; without a name just `unix`. Paths may hold anything. */
export function addUnixSockets(text: string, names: Map<number, string>): void {
  for (const line of text.split('\n')) {
    const match = /^[0-9a-f]+: (?:\S+ ){5}\s*(\d+)(?: (.*))?$/i.exec(line);
    if (match === null) continue;
    const [, inode, path = ''] = match;
    names.set(Number(inode), path === '' ? 'unix' : `unix ${path}`);
  }
}

/** Addresses are 32-bit words in the machine's byte order. */
function formatAddress(hex: string): string {
  const bytes: number[] = [];
  for (let word = 0; word < hex.length; word += 8) {
    const octets = (hex.slice(word, word + 8).match(/../g) ?? []).map((octet) => Number.parseInt(octet, 16));
    bytes.push(...(isLittleEndian ? octets.reverse() : octets));
  }
  if (bytes.length === 4) return bytes.join('.');
  const groups: string[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2)
    groups.push((((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `[${shorten(groups)}]`;
}

/** The longest run of zeros becomes `::`. */
function shorten(groups: readonly string[]): string {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  const after = groups.slice(best.start + best.length);
  return `${groups.slice(0, best.start).join(':')}::${after.join(':')}`;
}
