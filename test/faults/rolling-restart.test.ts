import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { subgraphNames } from '../../gateway/test/every-subgraph.ts';
import { type Installation, startInstallation } from '../e2e/installation.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { type ServiceProcess, serviceProcess, until } from './service-process.ts';

const QUERY = JSON.stringify({ query: '{ posts(first: 3) { edges { node { title author { displayName } } } } }' });
/** More than the balancer takes to notice. */
const DRAIN_MS = '4000';

let installation: Installation;
/** What the installation's own gateway was started with: addresses, secret and database. */
let env: Record<string, string>;
const processes: ServiceProcess[] = [];
const balancers: Balancer[] = [];

beforeAll(async () => {
  installation = await startInstallation('many processes');
  const pairs = readFileSync(`/proc/${installation.pidOf('gateway')}/environ`, 'utf8')
    .split('\0')
    .filter(Boolean);
  env = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}, 240_000);
afterAll(async () => {
  await Promise.all(processes.map((each) => each.terminate()));
  for (const balancer of balancers) await balancer.close();
  await installation?.stop();
}, 120_000);

async function two(script: string, more: Record<string, string> = {}): Promise<[ServiceProcess, ServiceProcess]> {
  const pair = [await serviceProcess(script, { ...env, ...more }), await serviceProcess(script, { ...env, ...more })];
  processes.push(...pair);
  for (const each of pair) each.start();
  return pair as [ServiceProcess, ServiceProcess];
}

async function balanced(pair: readonly ServiceProcess[]): Promise<Balancer> {
  const balancer = await startBalancer(pair);
  balancers.push(balancer);
  return balancer;
}

/**
 * Steady anonymous reads until `work` is done; those that were not answered. A part that a busy machine kept waiting for longer than two
 * seconds is no loss of the restart: what a process did not answer, the balancer in front of it has noted.
 */
async function underLoad(port: number, work: () => Promise<void>): Promise<{ asked: number; wrong: string[] }> {
  const wrong: string[] = [];
  let asked = 0;
  let over = false;
  const client = async () => {
    while (!over) {
      asked++;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body: QUERY });
      const text = await answer.text();
      if (answer.status !== 200) wrong.push(`${answer.status} ${text}`);
      await sleep(50);
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await work();
  over = true;
  await Promise.all(clients);
  return { asked, wrong };
}

async function roll(pair: readonly ServiceProcess[], balancer: Balancer): Promise<void> {
  for (const each of pair) {
    const ended = each.terminate();
    await until(() => !balancer.isReady(each));
    expect(await ended).toBe(0);
    each.start();
    await until(() => balancer.isReady(each));
  }
}

it('restarts gateways and subgraphs one after the other without a failed request, though nobody repeats one', async () => {
  const portals = await two('subgraphs/portal/src/main.ts', { DRAIN_MS });
  const toPortal = await balanced(portals);
  const SUBGRAPHS = (env.SUBGRAPHS as string).replace(/portal=[^,]+/, `portal=http://127.0.0.1:${toPortal.port}`);
  const gateways = await two('gateway/src/main.ts', { DRAIN_MS, SUBGRAPHS });
  const toGateway = await balanced(gateways);
  await until(() => portals.every(toPortal.isReady) && gateways.every(toGateway.isReady));
  const { asked, wrong } = await underLoad(toGateway.port, async () => {
    await roll(gateways, toGateway);
    await roll(portals, toPortal);
  });
  expect(asked).toBeGreaterThan(200);
  expect([...wrong, ...toGateway.failures, ...toPortal.failures]).toEqual([]);
}, 240_000);

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

(outside ? it : it.skip)(
  'listens for its own machine only, unless it is told otherwise',
  async () => {
    const answers = (port: number) =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, outside as string);
        socket.once('connect', () => socket.destroy() && resolve(true)).once('error', () => resolve(false));
      });
    const [gateway] = await two('gateway/src/main.ts', { LISTEN_HOST: '0.0.0.0' });
    const open = await balanced([gateway]);
    await until(() => open.isReady(gateway));
    expect(await Promise.all([gateway.port, gateway.opsPort].map(answers))).toEqual([true, true]);
    const ports = [installation.port, installation.port + 1, ...subgraphNames.map(installation.subgraphPort)];
    expect(await Promise.all(ports.map(answers))).toEqual(ports.map(() => false));
  },
  120_000,
);
