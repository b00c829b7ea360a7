'use strict';
// A child that belongs to somebody else, by its uid or because its file says so: foreign.js FILE [UID]

const { spawn } = require('node:child_process');
const { tell } = require('./truth');

const [file, uid] = process.argv.slice(2);
const child = spawn(file, ['1'], { stdio: 'ignore', ...(uid === undefined ? {} : { uid: Number(uid) }) });
tell({ kind: 'child', pid: child.pid });
