import { runCommand } from '../vscode/command';
import { Unavailable } from './unavailable';

/** What npm and the system call a network that is not there. Anything else, a broken lock file above all, is an error. */
const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/;

/**
 * npm as a user would start it, in a folder with a package.json of its own: what an outer `npm test` put into the
 * environment would lead it back to the project.
 * @throws Unavailable if there is no way to the registry
 */
export async function runNpm(folder: string, args: readonly string[]): Promise<void> {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath)$|npm_config_local_prefix$)/i.test(
        name,
      ),
  );
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];
  const env = { ...Object.fromEntries(inherited), NODE_OPTIONS: '' };
  try {
    await runCommand('npm', [...args, '--ignore-scripts', ...quiet], { cwd: folder, env });
  } catch (error) {
    const code = unreachable.exec(String(error))?.[0];
    if (code === undefined) throw error;
    throw new Unavailable(`the npm registry could not be reached (${code})`, { cause: error });
  }
}
