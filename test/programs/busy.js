// Eight threads that all want to run, for about a second.
const { Worker, isMainThread } = require('node:worker_threads');
if (isMainThread) for (let i = 0; i < 8; i++) new Worker(__filename);
else {
  const end = Date.now() + 1000;
  while (Date.now() < end);
}
