// Children that are gone before anybody can look.
const { spawnSync, spawn } = require('node:child_process');
for (let i = 0; i < 10; i++) spawnSync('true');
for (let i = 0; i < 10; i++) spawn('false');
