// Uses Node with everything wrapped (see patchApi.js), by itself or by what was preloaded.
if (process.env.PATCH === 'itself') require('./patchApi.js');
const { exercise, say } = require('./exercise.js');
process.on('exit', (code) => say(process.argv[2] ?? 'main', 'exit', code));
void exercise(__filename).then(() => {
  if (require('node:worker_threads').isMainThread && process.argv[2] === undefined) process.exit(5);
});
