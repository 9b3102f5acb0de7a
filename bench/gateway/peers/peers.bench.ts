// CPU that gateways take for the same operations over the same subgraphs, in one run: npm run bench -- gateway/peers. Read ratios.
import { isDeepStrictEqual } from 'node:util';
import { callsSince, type Gateway, startGateways } from './gateways.ts';
import { type OperationName, operations } from './graph.ts';

const LANES = 16;
const ROUNDS = 2;
/** Operations of each kind in one visit, so that a visit takes about half a second of CPU. */
const COUNTS: Record<OperationName, number> = { heavy: 60, light: 500, 'one fetch': 700, nothing: 1_000 };
/** Visits' worth of operations that warm a gateway up: until then the machine code of a visit is not what it will be. */
const WARMING = 6;

interface Answer {
  data?: unknown;
  errors?: unknown;
}

async function ask({ url, pool, authorizes }: Gateway, name: OperationName): Promise<Answer> {
  // Nobody may answer one request with what another was answered: each has a header of its own that goes to the subgraphs.
  const unique = crypto.randomUUID();
  const headers = {
    'content-type': 'application/json',
    'x-request-id': unique,
    ...(authorizes ? { authorization: `Bearer ${unique}` } : {}),
  };
  const body = JSON.stringify({ query: operations[name] });
  const reply = await pool.request({ method: 'POST', path: new URL(url).pathname, headers, body });
  const answer = (await reply.body.json()) as Answer;
  if (reply.statusCode !== 200 || answer.errors) throw new Error(JSON.stringify(answer).slice(0, 500));
  return answer;
}

async function load(gateway: Gateway, name: OperationName, count: number): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await ask(gateway, name);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function visit(gateway: Gateway, name: OperationName): Promise<number> {
  const before = gateway.cpuMs();
  await load(gateway, name, COUNTS[name]);
  return (gateway.cpuMs() - before) / COUNTS[name];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Each gateway's median; forwards and backwards in turn, so that what else the machine does falls on all of them. */
async function measure(gateways: readonly Gateway[], name: OperationName): Promise<Map<Gateway, number>> {
  const taken = new Map<Gateway, number[]>(gateways.map((gateway) => [gateway, []]));
  for (const gateway of gateways) await load(gateway, name, WARMING * COUNTS[name]);
  for (let round = 0; round < ROUNDS; round++)
    for (const gateway of [...gateways, ...gateways.toReversed()]) taken.get(gateway)?.push(await visit(gateway, name));
  return new Map([...taken].map(([gateway, values]) => [gateway, median(values)]));
}

/** Subgraph calls of one operation, by gateway; throws where an answer is not that of the first. */
async function compare(gateways: readonly Gateway[], name: OperationName): Promise<Map<Gateway, number>> {
  const calls = new Map<Gateway, number>();
  let first: Answer | undefined;
  for (const gateway of gateways) {
    await ask(gateway, name);
    await callsSince();
    const { data } = await ask(gateway, name);
    calls.set(gateway, (await callsSince()).length);
    first ??= { data };
    if (!isDeepStrictEqual(data, first.data)) throw new Error(`${gateway.name} answers "${name}" differently`);
  }
  return calls;
}

const { gateways, stop } = await startGateways();
try {
  const ours = gateways.find(({ name }) => name === 'Polity') as Gateway;
  for (const name of Object.keys(operations) as OperationName[]) {
    const calls = await compare(gateways, name);
    const taken = await measure(gateways, name);
    const own = taken.get(ours) ?? Number.NaN;
    console.log(`\n${name}`.padEnd(36), 'CPU ms/op', '  Polity to it', '  subgraph calls');
    for (const [gateway, cpu] of taken)
      console.log(
        `  ${gateway.name}`.padEnd(35),
        cpu.toFixed(3).padStart(9),
        (own / cpu).toFixed(2).padStart(14),
        String(calls.get(gateway)).padStart(16),
      );
  }
} finally {
  await stop();
}
