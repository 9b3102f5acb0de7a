import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import { withClient } from '@polity/kernel/db/provision';
import type { Bus } from '@polity/kernel/events/bus';
import { consumer } from '@polity/kernel/events/consumer';
import { localBus } from '@polity/kernel/events/local-bus';
import { natsBus } from '@polity/kernel/events/nats-bus';
import { eventTablesSql, recordEvent, wakeOnCommit } from '@polity/kernel/events/outbox';
import { startRelay } from '@polity/kernel/events/relay';
import { uuidv7 } from '@polity/kernel/ids';
import { freePort } from '@polity/kernel/process/free-port';
import { createTemplate, databaseFromTemplate, startTestServer } from '@polity/kernel/testing/postgres';

// How fast events go from an outbox into an inbox with their effect, over NATS and within one process, and how long one takes while 100 a second happen.
// The server keeps what it commits (fsync and synchronous_commit are on), as in production. The goals are 5,000 events a second in the order of their
// aggregates over NATS, and 50 ms at the 99th percentile in one process.

const EVENTS = Number(process.env.EVENTS ?? 30_000);
const AGGREGATES = 2_000;

const server = await startTestServer({
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  autovacuum: 'on',
});
const tables = [
  ...eventTablesSql,
  'create table effect (id bigint generated always as identity primary key, aggregate text not null, n int not null)',
];
const template = await createTemplate('events bench', (ownerUrl) =>
  withClient(ownerUrl, async (client) => {
    for (const statement of tables) await client.query(statement);
  }),
);

const FILL = `insert into outbox (event_id, aggregate_id, type, payload)
  select gen_random_uuid(), 'a' || (n % $2), 'bench.thing.happened', jsonb_build_object('n', n, 'name', 'what consumers branch on') from generate_series(1, $1) n`;
const DISORDER = `select count(*)::int as n from (select n < lag(n) over (partition by aggregate order by id) as back from effect) e where back`;

async function side() {
  const database = await databaseFromTemplate(template);
  const orm = await MikroORM.init({
    clientUrl: database.appUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { max: 10 },
  });
  return { database, orm };
}

const effectOf = (orm: MikroORM, onHandled: (data: { n: number; at?: number }) => void) =>
  consumer(
    {
      name: 'bench.effect',
      types: ['bench.*'],
      async handle(tx, { subject, data }) {
        const told = data as { n: number; at?: number };
        await tx.execute('insert into effect (aggregate, n) values (?, ?)', [subject, told.n]);
        onHandled(told);
      },
    },
    orm,
  );

/** CPU of this process and of PostgreSQL is what the machine has two cores of; NATS takes little. */
const cpuSeconds = (since: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since);
  return ((user + system) / 1e6).toFixed(1);
};

async function throughput(name: string, bus: Bus): Promise<void> {
  const [producer, taker] = [await side(), await side()];
  await withClient(producer.database.appUrl, (client) => client.query(FILL, [EVENTS, AGGREGATES]));
  await bus.subscribe(effectOf(taker.orm, () => {}));
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  const relay = startRelay({ url: producer.database.appUrl, bus });
  await relay.drain();
  const published = (performance.now() - started) / 1000;
  await bus.idle();
  const all = (performance.now() - started) / 1000;
  const [{ n: done } = { n: 0 }] = await taker.orm.em.execute<{ n: number }[]>('select count(*)::int as n from effect');
  const [{ n: back } = { n: 0 }] = await taker.orm.em.execute<{ n: number }[]>(DISORDER);
  console.log(
    `${name}: ${EVENTS} events published in ${published.toFixed(1)} s (${Math.round(EVENTS / published)}/s), in effect after ${all.toFixed(1)} s ` +
      `(${Math.round(EVENTS / all)}/s); ${done} effects, ${back} out of order; ${cpuSeconds(cpu)} s of CPU in Node`,
  );
  if (done !== EVENTS || back > 0) process.exitCode = 1;
  await relay.stop();
  await bus.close();
  for (const { orm, database } of [producer, taker]) {
    await orm.close();
    await database.drop();
  }
}

async function latency(seconds: number): Promise<void> {
  const [producer, taker] = [await side(), await side()];
  const [bus, taken] = [localBus(), [] as number[]];
  await bus.subscribe(effectOf(taker.orm, ({ n, at = 0 }) => n >= 0 && taken.push(performance.now() - at)));
  const relay = startRelay({ url: producer.database.appUrl, bus });
  producer.orm.em.getEventManager().registerSubscriber(wakeOnCommit(() => relay.wake()));
  const record = async (n: number) => {
    await producer.orm.em.fork().transactional((tx) =>
      recordEvent(tx, {
        type: 'bench.thing.happened',
        subject: uuidv7(),
        tenantId: null,
        actorId: null,
        // The clock starts before the transaction that tells of it.
        data: { n, at: performance.now() },
      }),
    );
  };
  for (let n = -50; n < 0; n++) await record(n);
  const [begun, total] = [performance.now(), seconds * 100];
  const recorded: Promise<void>[] = [];
  for (let n = 0; n < total; n++) {
    await sleep(Math.max(0, begun + n * 10 - performance.now()));
    recorded.push(record(n));
  }
  await Promise.all(recorded);
  await relay.drain();
  taken.sort((a, b) => a - b);
  const at = (share: number) => (taken[Math.floor((taken.length - 1) * share)] ?? Number.NaN).toFixed(1);
  console.log(
    `one process at 100 events/s: ${taken.length} events, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
  );
  await relay.stop();
  await bus.close();
  for (const { orm } of [producer, taker]) await orm.close();
}

/** A server of its own, as docker-compose.yml runs it. */
async function startNats() {
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'polity-nats-'))];
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', `${port}`, '-js', '-sd', folder], { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  await sleep(1_000);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    url: `nats://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
const nats = await startNats();
await throughput('NATS', natsBus({ url: nats.url }));
await nats.stop();
await throughput('one process', localBus());
await latency(10);
await server.stop();
