'use strict';
// httpClient.js REQUESTS ENVIRONMENT: starts the server with these variables (JSON) added to its environment, and
// sends it so many requests through connections that stay open. Itself it is never observed. Sockets instead of
// node:http make it cheap: it should wait for the server, not the server for it.
const { fork } = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');
const path = require('node:path');
const { startStopwatch, tell } = require('./stopwatch');

const CONNECTIONS = 16;
const REQUEST = 'GET /some/path HTTP/1.1\r\nHost: localhost\r\n\r\n';
const END = Buffer.from('"END"}');

/** One connection after its first answer, so that it is open and its server has begun. */
async function connection(port) {
  const socket = net.connect(port, '127.0.0.1').setNoDelay();
  let onAnswer;
  socket.on('data', (data) => {
    if (data.subarray(-END.length).equals(END)) onAnswer();
  });
  const send = (callback) => {
    onAnswer = callback;
    socket.write(REQUEST);
  };
  await new Promise(send);
  return { send, close: () => socket.destroy() };
}

/** Sends the requests, on each connection the next one when the one before is answered. */
function sendAll(connections, requests) {
  return new Promise((resolve) => {
    let sent = 0;
    let answered = 0;
    const next = ({ send }) => {
      if (sent === requests) return;
      sent++;
      send(() => {
        if (++answered === requests) resolve();
        else next({ send });
      });
    };
    connections.forEach(next);
  });
}

async function main(requests, additions) {
  const server = fork(path.join(__dirname, 'httpServer.js'), { env: { ...process.env, ...additions } });
  const [{ port }] = await once(server, 'message');
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => connection(port)));
  const cpuOfServer = async () => {
    server.send('CPU time');
    return (await once(server, 'message'))[0].cpu;
  };
  const cpuBefore = await cpuOfServer();
  const elapsed = startStopwatch();
  await sendAll(connections, requests);
  const { wall } = elapsed();
  tell({ wall, cpu: (await cpuOfServer()) - cpuBefore });
  for (const { close } of connections) close();
  server.disconnect();
}

main(Number(process.argv[2]), JSON.parse(process.argv[3]));
