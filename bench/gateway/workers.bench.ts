// What one gateway and two on the same port do on two cores: answers a second at full load, and CPU of the gateway's processes for each. The operation is the gateway's
// alone, so that neither subgraphs nor their database take part. What sends the load takes of the same cores, so read the CPU per operation: as long as it stays the same,
// each core more is one more gateway.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { openWorld } from '../../test/processes/world.ts';
import { load } from '../one-process.ts';

const SECONDS = 8;
const ROUNDS = 3;
const LANES = 32;
const TICK_MS = 10;
const QUERY = JSON.stringify({ query: '{ __schema { types { name fields { name type { name kind } } } } }' });

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(stat[11]) + Number(stat[12])) * TICK_MS;
}

const world = await openWorld('Redis and NATS');
try {
  const gateway = world.services.at(-1);
  if (!gateway) throw new Error('there is no gateway');
  await world.green(180_000);
  const headers = { host: `localhost:${world.gateway.port}`, 'content-type': 'application/json' };
  const rates: Record<number, { perSecond: number[]; cpu: number[] }> = {
    1: { perSecond: [], cpu: [] },
    2: { perSecond: [], cpu: [] },
  };

  async function measure(workers: 1 | 2): Promise<void> {
    await gateway?.kill('SIGTERM');
    gateway?.start({ GATEWAY_WORKERS: String(workers), DRAIN_MS: '0', RATE_LIMIT: '0' });
    await gateway?.green(60_000);
    await sleep(3_000);
    const pid = world.pids().at(-1) as number;
    const pool = new Pool(`http://127.0.0.1:${world.gateway.port}`, { connections: LANES, pipelining: 1 });
    const send = async () => {
      const { statusCode, body } = await pool.request({ path: '/graphql', method: 'POST', headers, body: QUERY });
      const { byteLength } = await body.arrayBuffer();
      if (statusCode !== 200 || byteLength < 1_000) throw new Error(`${statusCode}`);
    };
    await load(LANES, 3, send);
    const processes = [pid, ...childrenOf(pid)];
    const spent = () => processes.reduce((sum, each) => sum + cpuMs(each), 0);
    const before = spent();
    const { length } = await load(LANES, SECONDS, send);
    rates[workers]?.perSecond.push(length / SECONDS);
    rates[workers]?.cpu.push((spent() - before) / length);
    await pool.close();
  }

  for (let round = 0; round < ROUNDS; round++) for (const workers of [1, 2] as const) await measure(workers);
  const median = (values: number[] = []) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  console.log(`load average ${loadavg()[0]?.toFixed(1)}, ${ROUNDS} rounds of ${SECONDS} s each, medians`);
  for (const workers of [1, 2])
    console.log(
      `${workers} worker${workers > 1 ? 's' : ' '} ${median(rates[workers]?.perSecond).toFixed(0).padStart(6)}/s ${median(rates[workers]?.cpu).toFixed(3).padStart(8)} CPU ms/op`,
    );
} finally {
  await world.close();
}
