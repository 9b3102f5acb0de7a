import { parseArgs } from 'node:util';
import { SUPERGRAPH_PATH, type SupergraphAct, type SupergraphStatus } from '@polity/gateway/graph/command';
import { StartError } from '@polity/kernel/config/start-error';
import { signedPost } from '@polity/kernel/graph/http-transport';
import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type RequestInfo } from '@polity/kernel/request/context';

const USAGE = `usage: npm run supergraph -- status|reload|rollback [--url http://localhost:4001]…
URL is the operations port of a gateway; name all of them.`;

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

async function tell(url: string, act: string, masterSecret: string): Promise<SupergraphStatus> {
  const client = signedPost({ gateway: url }, masterSecret);
  try {
    const { status, text } = await client.post('gateway', SUPERGRAPH_PATH, act, request(), { timeoutMs: WAIT_MS });
    if (status === 401) throw new StartError(`${url} refuses: POLITY_SECRET is another one there.`);
    if (status !== 200) throw new StartError(`${url} answers ${status}: it is no operations port of a gateway.`);
    return JSON.parse(text) as SupergraphStatus;
  } finally {
    await client.close();
  }
}

/** Tells gateways one after the other, and returns a line about each. Throws StartError at the first that does not do it. */
export async function supergraphLines(argv: readonly string[], opsPort: number, secret: () => Promise<string>) {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { url: { type: 'string', multiple: true } },
  });
  const [act = '', ...rest] = positionals;
  if (!ACTS.includes(act) || rest.length > 0) throw new StartError(USAGE);
  const masterSecret = await secret();
  const lines: string[] = [];
  for (const url of values.url ?? [`http://localhost:${opsPort}`]) {
    const { version, before, problem } = await tell(url, act, masterSecret);
    if (problem !== undefined) throw new StartError(`${url} goes on with ${version}: ${problem}`);
    lines.push(`${url} serves ${version}; before that: ${before.join(', ') || 'nothing since it started'}`);
  }
  return lines;
}
