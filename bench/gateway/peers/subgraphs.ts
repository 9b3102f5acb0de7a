// The four subgraphs in one process, each answer worked out once: what is measured waits for them, but not for long.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { execute, parse } from 'graphql';
import { type SubgraphName, schemaOf, sdlOf, subgraphNames } from './graph.ts';

export interface Call {
  subgraph: SubgraphName;
  body: string;
}

interface Asked {
  query: string;
  variables?: Record<string, unknown>;
}

const schemas = new Map(subgraphNames.map((name) => [name, schemaOf(name)]));
const answers = new Map<string, Buffer>();
/** Calls since somebody asked for them. */
let calls: Call[] = [];

async function answer(name: SubgraphName, { query, variables = {} }: Asked): Promise<Buffer> {
  const schema = schemas.get(name);
  if (!schema) return Buffer.from('{"errors":[{"message":"There is no such subgraph."}]}');
  const result = await execute({ schema, document: parse(query), variableValues: variables });
  // The library prints the schema with types that the first version of federation did not know.
  if (query.includes('_service')) Object.assign(result, { data: { _service: { sdl: sdlOf(name) } } });
  return Buffer.from(JSON.stringify(result));
}

function serve(name: SubgraphName): Promise<string> {
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    const asked = (await json(request)) as Asked;
    const body = JSON.stringify(asked);
    calls.push({ subgraph: name, body });
    const known = answers.get(name + body) ?? (await answer(name, asked));
    answers.set(name + body, known);
    response.end(known);
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

process.once('disconnect', () => process.exit());
process.on('message', () => {
  process.send?.(calls);
  calls = [];
});
const urls = await Promise.all(subgraphNames.map(async (name) => [name, await serve(name)]));
process.send?.(Object.fromEntries(urls));
