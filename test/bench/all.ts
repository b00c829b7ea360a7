// All benches, one after the other: they must not run at the same time. `--rounds N` is handed on.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

for (const name of ['startup', 'workers', 'children', 'reduce', 'sampler', 'tail']) {
  const file = path.join(__dirname, `${name}.ts`);
  execFileSync(process.execPath, ['--import', 'tsx', file, ...process.argv.slice(2)], { stdio: 'inherit' });
}
