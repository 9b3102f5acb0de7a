import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  CHECK_PATH,
  SUPERGRAPH_PATH,
  type SupergraphAct,
  type SupergraphStatus,
  type SupergraphVerdict,
} from '@polity/gateway/graph/command';
import { StartError } from '@polity/kernel/config/start-error';
import { signedPost } from '@polity/kernel/graph/http-transport';
import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type RequestInfo } from '@polity/kernel/request/context';

const USAGE = `usage: npm run supergraph -- status|reload|rollback [--url http://localhost:4001]…
       npm run supergraph -- check [--file schema/supergraph.graphql] [--url http://localhost:4001]
URL is the operations port of a gateway; name all of them to change something, and one to check.`;

const SUPERGRAPH = join(import.meta.dirname, '../schema/supergraph.graphql');
const ACTS: readonly string[] = ['status', 'reload', 'rollback'] satisfies SupergraphAct[];
/** Building a graph, and holding it to everything that is published, takes seconds. */
const WAIT_MS = 120_000;

const request = (): RequestInfo => ({
  requestId: uuidv7(),
  tenantId: null,
  viewer: anonymous,
  stamp: null,
  deadline: Date.now() + WAIT_MS,
  onBehalfOf: null,
  address: null,
  device: null,
});

async function post<Reply>(url: string, path: string, body: string, masterSecret: string): Promise<Reply> {
  const client = signedPost({ gateway: url }, masterSecret);
  try {
    const { status, text } = await client.post('gateway', path, body, request(), { timeoutMs: WAIT_MS });
    if (status === 401) throw new StartError(`${url} refuses: POLITY_SECRET is another one there.`);
    if (status !== 200) throw new StartError(`${url} answers ${status}: it is no operations port of a gateway.`);
    return JSON.parse(text) as Reply;
  } finally {
    await client.close();
  }
}

/** Has a running gateway say whether it would serve this supergraph; it goes on as it is. Throws StartError with everything that would break. */
export async function checkSupergraph(sdl: string, url: string, masterSecret: string): Promise<string> {
  const { version, problem } = await post<SupergraphVerdict>(url, CHECK_PATH, sdl, masterSecret);
  if (problem !== undefined) throw new StartError(`${url} would not serve it: ${problem}`);
  return `${url} would serve ${version}: it breaks nothing that is published there`;
}

async function tell(urls: readonly string[], act: string, masterSecret: string): Promise<string[]> {
  const lines: string[] = [];
  for (const url of urls) {
    const { version, before, problem } = await post<SupergraphStatus>(url, SUPERGRAPH_PATH, act, masterSecret);
    if (problem !== undefined) throw new StartError(`${url} goes on with ${version}: ${problem}`);
    lines.push(`${url} serves ${version}; before that: ${before.join(', ') || 'nothing since it started'}`);
  }
  return lines;
}

/** Tells gateways one after the other, and returns a line about each. Throws StartError at the first that does not do it. */
export async function supergraphLines(argv: readonly string[], opsPort: number, secret: () => Promise<string>) {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { url: { type: 'string', multiple: true }, file: { type: 'string' } },
  });
  const [act = '', ...rest] = positionals;
  const urls = values.url ?? [`http://localhost:${opsPort}`];
  if (rest.length > 0) throw new StartError(USAGE);
  if (act === 'check') {
    const sdl = readFileSync(values.file ?? SUPERGRAPH, 'utf8');
    const masterSecret = await secret();
    return Promise.all(urls.map((url) => checkSupergraph(sdl, url, masterSecret)));
  }
  if (!ACTS.includes(act) || values.file !== undefined) throw new StartError(USAGE);
  return tell(urls, act, await secret());
}
