// Runs as a worker thread of its own, without jest: what it measures must not wait for the event loop that is attacked.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { port } = workerData as { port: number };
const body = JSON.stringify({ query: '{ __typename }' });
const PAUSE_MS = 5;

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, 'content-type': 'application/json' };
    const asking = request({ port, host: '127.0.0.1', method: 'POST', path: '/graphql', headers }, (answer) => {
      answer.resume().on('end', resolve);
    });
    asking.on('error', reject).end(body);
  });
}

let enough = false;
let longest = 0;
await ask();
parentPort?.once('message', () => {
  enough = true;
});
parentPort?.postMessage('ready');
while (!enough) {
  const before = performance.now();
  await ask();
  longest = Math.max(longest, performance.now() - before);
  await sleep(PAUSE_MS);
}
parentPort?.postMessage(longest);
