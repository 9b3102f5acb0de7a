// What no gateway can do without: HTTP in, the calls that the operation needs, their answers read, and its own written.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { Pool } from 'undici';
import type { Urls } from './graph.ts';
import type { Call } from './subgraphs.ts';

const [urls = '', port, known = ''] = process.argv.slice(2);
/** Calls and answer of each operation, by its text. */
const operations = JSON.parse(readFileSync(known, 'utf8')) as Record<string, { calls: Call[]; answer: unknown }>;
const pools = new Map(
  Object.entries(JSON.parse(urls) as Urls).map(([name, url]) => [name, new Pool(url, { connections: 64 })]),
);
const headers = { 'content-type': 'application/json' };

async function call({ subgraph, body }: Call): Promise<unknown> {
  const reply = await pools.get(subgraph)?.request({ method: 'POST', path: '/graphql', body, headers });
  return reply?.body.json();
}

createServer(async (request, response) => {
  const { query } = (await json(request)) as { query: string };
  const operation = operations[query];
  await Promise.all(operation?.calls.map(call) ?? []);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(operation?.answer));
}).listen(Number(port), '127.0.0.1');
