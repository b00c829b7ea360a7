const cluster = require('node:cluster');
if (cluster.isPrimary) {
  for (let i = 0; i < 2; i++) cluster.fork(); // line: fork
  cluster.on('online', (worker) => setTimeout(() => worker.kill(), 100));
} else {
  require('node:http').createServer().listen(0);
}
