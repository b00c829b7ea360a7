/** A VS Code that the extension is tested on. */
export interface ServerVersion {
  /** Version of the npm package code-server, which carries a complete VS Code server. */
  readonly codeServer: string;
  /** The VS Code inside it. */
  readonly vscode: string;
  /** The Node that it wants; native modules and the extension host depend on it. */
  readonly node: string;
}

/** The lowest version that package.json's engines.vscode allows. */
export const oldestVersion: ServerVersion = { codeServer: '4.100.3', vscode: '1.100.3', node: '20.19.2' };
export const newestVersion: ServerVersion = { codeServer: '4.139.1', vscode: '1.139.1', node: '24.20.0' };

export const serverVersions: readonly ServerVersion[] = [oldestVersion, newestVersion];

/**
 * The versions to test: all, or those named in `CVIZ_VSCODE_VERSIONS`, e.g. "1.100.3", "newest" or "oldest,newest".
 * @throws Error naming a word that is none of them
 */
export function chosenVersions(names = process.env['CVIZ_VSCODE_VERSIONS'] ?? ''): readonly ServerVersion[] {
  const words = names.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) return serverVersions;
  const chosen = new Set(words.map(versionNamed));
  return serverVersions.filter((version) => chosen.has(version));
}

function versionNamed(word: string): ServerVersion {
  if (word === 'oldest') return oldestVersion;
  if (word === 'newest') return newestVersion;
  const found = serverVersions.find(({ vscode, codeServer }) => word === vscode || word === codeServer);
  if (found !== undefined) return found;
  const known = serverVersions.map(({ vscode }) => vscode).join(', ');
  throw new Error(`CVIZ_VSCODE_VERSIONS names "${word}"; it takes oldest, newest, ${known}.`);
}
