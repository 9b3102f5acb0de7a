// A calendar program that has the calendar already: asks for it again and again, sixteen at a time, and prints how many seconds that took.

import { Agent, get } from 'node:http';

const [url = '', tag = '', times = '0'] = process.argv.slice(2);
const AT_ONCE = 16;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

const once = () =>
  new Promise<void>((resolve, reject) => {
    get(url, { agent, headers: { 'if-none-match': tag } }, (response) => {
      response.resume();
      if (response.statusCode !== 304) reject(new Error(`the calendar was sent again: ${response.statusCode}`));
      response.once('end', resolve);
    }).once('error', reject);
  });

const start = performance.now();
const queue = Array.from({ length: Number(times) }).entries();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const _ of queue) await once();
  }),
);
process.stdout.write(String((performance.now() - start) / 1_000));
agent.destroy();
