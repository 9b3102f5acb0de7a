import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { withClient } from '../src/db/provision.ts';
import type { Bus } from '../src/events/bus.ts';
import { consumer, type EventConsumer, redrive } from '../src/events/consumer.ts';
import { listDeadLetters } from '../src/events/dead-letter.ts';
import type { EventEnvelope } from '../src/events/envelope.ts';
import { consumeOnce } from '../src/events/inbox.ts';
import { localBus } from '../src/events/local-bus.ts';
import { natsBus } from '../src/events/nats-bus.ts';
import { eventTablesDownSql, eventTablesSql, type NewEvent, recordEvent, wakeOnCommit } from '../src/events/outbox.ts';
import { type Relay, type RelayOptions, startRelay } from '../src/events/relay.ts';
import { SubgraphUnavailable } from '../src/graph/errors.ts';
import { uuidv7 } from '../src/ids.ts';
import { StoreUnavailable } from '../src/kv/store.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase, testAdminUrl } from '../src/testing/postgres.ts';
import { reachable } from './loopback.ts';

const natsUrl = await reachable(process.env.NATS_URL, 'nats://127.0.0.1:4222');
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

/** mulberry32: the same numbers for the same seed. */
function seeded(start: number) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function migrate(ownerUrl: string) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  for (const statement of eventTablesSql) await client.query(statement);
  await client.query('create table effect (id bigint generated always as identity, aggregate_id text, n int)');
  await client.end();
}

/** Ends the connections of relays, which the role that serves has no right to. */
const CUT =
  "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'polity-relay' and datname = $1";

let database: TestDatabase;
let orm: MikroORM;
let bus: Bus;
const relays: Relay[] = [];

beforeEach(async () => {
  database = await databaseFromTemplate(await createTemplate('kernel outbox', migrate));
  orm = await MikroORM.init({
    clientUrl: database.appUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { max: 20 },
  });
  bus = localBus();
});

afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await orm.close();
  await database.drop();
});

function relayOn(target: Bus, options: Partial<RelayOptions> = {}): Relay {
  const relay = startRelay({ url: database.appUrl, bus: target, idleMs: 20, ...options });
  relays.push(relay);
  return relay;
}

const placed = (subject: string, n: number, more: Partial<NewEvent> = {}): NewEvent => ({
  type: 'shop.order.placed',
  subject,
  tenantId: null,
  actorId: null,
  data: { n },
  ...more,
});

const record = (...events: NewEvent[]) =>
  orm.em.fork().transactional(async (tx) => {
    const ids: string[] = [];
    for (const event of events) ids.push(await recordEvent(tx, event));
    return ids;
  });

const numberOf = ({ data }: EventEnvelope) => (data as { n: number }).n;

const writeEffect = (tx: EntityManager, envelope: EventEnvelope) =>
  tx.execute('insert into effect (aggregate_id, n) values (?, ?)', [envelope.subject, numberOf(envelope)]);

/** The numbers that took effect, per aggregate, in the order in which they did. */
async function effects(): Promise<Record<string, number[]>> {
  const rows = await orm.em
    .fork()
    .execute<{ aggregate_id: string; n: number }[]>('select aggregate_id, n from effect order by id');
  const byAggregate = Map.groupBy(rows, (row) => row.aggregate_id);
  return Object.fromEntries([...byAggregate].map(([id, of]) => [id, of.map(({ n }) => n)]));
}

const ledger: EventConsumer = {
  name: 'ledger',
  types: ['shop.*'],
  handle: async (tx, envelope) => void (await writeEffect(tx, envelope)),
};

/** Takes everything down in memory. */
async function listen(on: Bus) {
  const seen: EventEnvelope[] = [];
  await on.subscribe({
    name: 'listener',
    types: ['shop.*'],
    handle: async (envelope) => {
      seen.push(envelope);
    },
  });
  return seen;
}

async function until(condition: () => boolean | Promise<boolean>) {
  while (!(await condition())) await sleep(5);
}

describe('recording', () => {
  test('an event exists if and only if its transaction commits', async () => {
    const seen = await listen(bus);
    const relay = relayOn(bus);
    const undone = orm.em.fork().transactional(async (tx) => {
      await recordEvent(tx, placed('a', 1));
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    const [id] = await record(placed('a', 2));
    await relay.drain();
    expect(seen.map((envelope) => envelope.id)).toEqual([id]);
    expect(await relay.lag()).toEqual({ pending: 0, oldestSeconds: 0 });
  });

  test('a savepoint that is rolled back takes its events with it', async () => {
    const seen = await listen(bus);
    await orm.em.fork().transactional(async (tx) => {
      await recordEvent(tx, placed('a', 1));
      const inner = tx.transactional(async (nested) => {
        await recordEvent(nested, placed('a', 2));
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
    });
    await relayOn(bus).drain();
    expect(seen.map(numberOf)).toEqual([1]);
  });

  test('outside a transaction, or with a malformed type, it is refused', async () => {
    await expect(recordEvent(orm.em.fork(), placed('a', 1))).rejects.toThrow('inside a transaction');
    for (const type of ['', 'shop', 'shop.', 'shop.*', 'shop order', 'Shop.order.placed']) {
      await expect(record(placed('a', 1, { type }))).rejects.toThrow(TypeError);
    }
  });

  test('the event arrives as a CloudEvent with everything that was recorded', async () => {
    const seen = await listen(bus);
    const [tenantId, causationId] = [uuidv7(), uuidv7()];
    const data = { text: `it's "5 ? \\ $1" 🗳️`, list: [1.5, null, { deep: true }] };
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const more = {
      tenantId,
      actorId: 'someone',
      requestId: 'r-1',
      causationId,
      traceparent,
      dataschema: '/schema/1',
      data,
    };
    const [id] = await record(placed('a', 0, more));
    await relayOn(bus).drain();
    expect(seen).toEqual([
      {
        specversion: '1.0',
        id,
        source: '/polity/shop',
        type: 'shop.order.placed',
        subject: 'a',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        datacontenttype: 'application/json',
        tenantid: tenantId,
        actorid: 'someone',
        requestid: 'r-1',
        causationid: causationId,
        traceparent,
        dataschema: '/schema/1',
        data,
      },
    ]);
  });

  test('the tables can be taken back', async () => {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    for (const statement of [...eventTablesDownSql, ...eventTablesSql]) await client.query(statement);
    await client.end();
  });
});

describe('relaying', () => {
  test('a commit with an event wakes the relay of its process, from inside a savepoint too', async () => {
    const seen = await listen(bus);
    const relay = relayOn(bus, { idleMs: 3_600_000 });
    orm.em.getEventManager().registerSubscriber(wakeOnCommit(relay.wake));
    await relay.drain();
    await record(placed('a', 1));
    await until(() => seen.length === 1);
    await orm.em.fork().transactional((tx) => tx.transactional((inner) => recordEvent(inner, placed('a', 2))));
    await until(() => seen.length === 2);
    expect(seen.map(numberOf)).toEqual([1, 2]);
  });

  test('without being woken it looks by itself', async () => {
    const seen = await listen(bus);
    relayOn(bus);
    await record(placed('a', 1));
    await until(() => seen.length === 1);
  });

  test('the event of a slow transaction is not passed over when later ones were published before it', async () => {
    const seen = await listen(bus);
    const relay = relayOn(bus);
    const slow = orm.em.fork();
    await slow.begin();
    try {
      await recordEvent(slow, placed('slow', 1));
      await record(placed('fast', 2));
      await relay.drain();
      expect(seen.map(numberOf)).toEqual([2]);
    } finally {
      await slow.commit();
    }
    await relay.drain();
    expect(seen.map(numberOf)).toEqual([2, 1]);
  });

  test('an aggregate whose event cannot be published waits in its order while others go on', async () => {
    const taken: string[] = [];
    let broken = true;
    const picky: Bus = {
      ...bus,
      async publish(envelope) {
        if (envelope.subject === 'stuck' && broken) throw new Error('no');
        taken.push(`${envelope.subject} ${numberOf(envelope)}`);
      },
    };
    const relay = relayOn(picky, { batchSize: 3, backoff: { baseMs: 3_600_000, maxMs: 3_600_000 } });
    await record(...[1, 2, 3, 4, 5].map((n) => placed('stuck', n)));
    await record(placed('fine', 1), placed('fine', 2), placed('other', 1));
    await until(() => taken.length === 3);
    expect([...taken].sort()).toEqual(['fine 1', 'fine 2', 'other 1']);
    expect(await relay.lag()).toMatchObject({ pending: 5 });
    await record(placed('fine', 3));
    await until(() => taken.length === 4);
    const rows = await orm.em
      .fork()
      .execute<{ attempts: number }[]>(`select attempts from outbox where aggregate_id = 'stuck' order by id`);
    expect(rows.map(({ attempts }) => attempts)).toEqual([1, 0, 0, 0, 0]);
    broken = false;
    await relay.drain();
    expect(taken.slice(4)).toEqual(['stuck 1', 'stuck 2', 'stuck 3', 'stuck 4', 'stuck 5']);
  });

  test('a drain covers everything that was committed before it was asked for', async () => {
    const seen = await listen(bus);
    const relay = relayOn(bus, { idleMs: 1 });
    for (let n = 0; n < 100; n++) {
      await record(placed('a', n));
      await relay.drain();
      expect(seen).toHaveLength(n + 1);
    }
  });

  test('draining says why when nothing can be published', async () => {
    const relay = relayOn({ ...bus, publish: async () => Promise.reject(new Error('no broker')) });
    await record(placed('a', 1));
    await expect(relay.drain()).rejects.toMatchObject({ cause: expect.objectContaining({ message: 'no broker' }) });
    const rows = await orm.em
      .fork()
      .execute<{ attempts: number; last_error: string }[]>('select attempts, last_error from outbox');
    expect(rows).toEqual([{ attempts: expect.any(Number), last_error: 'no broker' }]);
  });

  test('of two relays one stands by and takes over when the other stops', async () => {
    const first: number[] = [];
    const second: number[] = [];
    const into = (numbers: number[]): Bus => ({
      ...bus,
      publish: async (envelope) => void numbers.push(numberOf(envelope)),
    });
    const leading = relayOn(into(first));
    await leading.drain();
    const standby = relayOn(into(second));
    await record(placed('a', 1));
    await standby.drain();
    expect([first, second]).toEqual([[1], []]);
    await leading.stop();
    await record(placed('a', 2));
    await standby.drain();
    expect([first, second]).toEqual([[1], [2]]);
    await expect(leading.drain()).rejects.toThrow('stopped');
  });
});

describe('consuming', () => {
  test('twenty deliveries of one event at once have one effect', async () => {
    const [id] = await record(placed('a', 1));
    const seen = await listen(bus);
    await relayOn(bus).drain();
    const envelope = seen.find((each) => each.id === id) as EventEnvelope;
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        consumeOnce(orm.em.fork(), 'ledger', envelope, (tx) => ledger.handle(tx, envelope)),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'handled')).toHaveLength(1);
    expect(await effects()).toEqual({ a: [1] });
  });

  test('each consumer has its own effect, inside the walls of the event’s tenant', async () => {
    const tenants: Record<string, string | null> = {};
    const spy = (name: string): EventConsumer => ({
      name,
      types: ['shop.*'],
      async handle(tx) {
        const rows = await tx.execute<{ tenant: string | null }[]>(
          `select current_setting('app.tenant', true) as tenant`,
        );
        tenants[name] = rows[0]?.tenant ?? null;
      },
    });
    for (const name of ['one', 'two']) await bus.subscribe(consumer(spy(name), orm));
    const tenantId = uuidv7();
    await record(placed('a', 1, { tenantId }));
    await relayOn(bus).drain();
    expect(tenants).toEqual({ one: tenantId, two: tenantId });
  });

  async function fiveHundred(carrier: Bus) {
    const random = seeded(seed);
    const fails = (probability: number, what: string) => {
      if (random() < probability) throw new Error(what);
    };
    const flaky: EventConsumer = {
      ...ledger,
      async handle(tx, envelope) {
        fails(0.1, 'before the effect');
        await writeEffect(tx, envelope);
        fails(0.1, 'after the effect');
      },
    };
    await carrier.subscribe(consumer(flaky, orm, { maxAttempts: 1_000 }));
    const lossy: Bus = {
      ...carrier,
      async publish(envelope) {
        fails(0.05, 'never reached the bus');
        await carrier.publish(envelope);
        fails(0.05, 'the answer of the bus was lost');
      },
    };
    const options = { batchSize: 50, backoff: { baseMs: 1, maxMs: 5 } };
    const [first, second] = [relayOn(lossy, options), relayOn(lossy, options)];
    let undone = 0;
    async function write(aggregate: number) {
      for (let n = 0; n < 25; n++) {
        await record(placed(`a${aggregate}`, n));
        if (random() > 0.1) continue;
        undone += 1;
        const rolledBack = orm.em.fork().transactional(async (tx) => {
          await recordEvent(tx, placed(`a${aggregate}`, -1));
          throw new Error('rolled back');
        });
        await rolledBack.catch(() => undefined);
      }
    }
    const writing = Promise.all(Array.from({ length: 20 }, (_, aggregate) => write(aggregate)));
    for (let cut = 0; cut < 5; cut++) {
      await sleep(50);
      await withClient(testAdminUrl(), (admin) => admin.query(CUT, [new URL(database.appUrl).pathname.slice(1)]));
    }
    await writing;
    await Promise.all([first.drain(), second.drain()]);
    await carrier.idle();
    const inOrder = Array.from({ length: 25 }, (_, n) => n);
    expect(await effects()).toEqual(Object.fromEntries(Array.from({ length: 20 }, (_, a) => [`a${a}`, inOrder])));
    expect(undone).toBeGreaterThan(0);
    const counts = await orm.em.fork().execute(
      `select (select count(*)::int from outbox) as outbox, (select count(*)::int from inbox) as inbox,
              (select count(*)::int from outbox where published_at is null) as pending, (select count(*)::int from dead_letter) as letters`,
    );
    expect(counts).toEqual([{ outbox: 500, inbox: 500, pending: 0, letters: 0 }]);
  }

  const title = `500 events over 20 aggregates take effect once and in order whatever fails on the way (SEED=${seed})`;

  test(`on the local bus, ${title}`, () => fiveHundred(bus), 60_000);

  (natsUrl ? test : test.skip)(
    `on NATS, ${title}`,
    async () => {
      const stream = `test-${uuidv7()}`;
      const nats = natsBus({ url: natsUrl as string, stream, prefix: stream, backoff: { baseMs: 1, maxMs: 5 } });
      try {
        await fiveHundred(nats);
      } finally {
        await Promise.all(relays.splice(0).map((relay) => relay.stop()));
        await nats.close();
        const connection = await connect({ servers: natsUrl as string });
        await (await jetstreamManager(connection)).streams.delete(stream);
        await connection.close();
      }
    },
    60_000,
  );
});

describe('dead letters', () => {
  let poisonous = true;
  const tried: number[] = [];
  const outcomes: string[] = [];
  const fragile: EventConsumer = {
    ...ledger,
    async handle(tx, envelope) {
      await writeEffect(tx, envelope);
      tried.push(numberOf(envelope));
      if (numberOf(envelope) === 2 && poisonous) throw new Error('cannot digest 2');
    },
  };

  async function poison() {
    poisonous = true;
    tried.length = 0;
    outcomes.length = 0;
    const others = await listen(bus);
    await bus.subscribe(consumer(fragile, orm, { observe: (_name, outcome) => outcomes.push(outcome) }));
    const [, id] = await record(placed('a', 1), placed('a', 2), placed('a', 3), placed('b', 4));
    await relayOn(bus).drain();
    return { id: id as string, others };
  }

  test('an event that fails eight times is given up, and everything else took effect', async () => {
    const { id, others } = await poison();
    expect(await effects()).toEqual({ a: [1, 3], b: [4] });
    expect(tried.filter((n) => n === 2)).toHaveLength(8);
    expect(outcomes.filter((outcome) => outcome === 'retrying')).toHaveLength(7);
    expect(outcomes.filter((outcome) => outcome === 'dead')).toHaveLength(1);
    expect(await listDeadLetters(orm.em.fork())).toEqual([
      expect.objectContaining({
        consumer: 'ledger',
        eventId: id,
        state: 'dead',
        attempts: 8,
        error: 'Error: cannot digest 2',
      }),
    ]);
    expect(others.map(numberOf).sort()).toEqual([1, 2, 3, 4]);
  });

  test('a given-up event that arrives once more is left alone', async () => {
    const { others } = await poison();
    poisonous = false;
    await bus.publish(others.find((envelope) => numberOf(envelope) === 2) as EventEnvelope);
    expect(await effects()).toEqual({ a: [1, 3], b: [4] });
    expect(outcomes.at(-1)).toBe('duplicate');
  });

  test('a redrive while the cause lasts fails and leaves the letter with its new count', async () => {
    const { id } = await poison();
    await expect(redrive(fragile, orm, id)).rejects.toThrow('cannot digest 2');
    expect(await listDeadLetters(orm.em.fork())).toEqual([
      expect.objectContaining({ eventId: id, state: 'dead', attempts: 9 }),
    ]);
    expect(await effects()).toEqual({ a: [1, 3], b: [4] });
  });

  test('of twenty redrives at once one acts, and the letter is kept as redriven', async () => {
    const { id } = await poison();
    poisonous = false;
    const results = await Promise.all(Array.from({ length: 20 }, () => redrive(fragile, orm, id)));
    expect(results.filter((result) => result === 'handled')).toHaveLength(1);
    expect(results.filter((result) => result === 'missing')).toHaveLength(19);
    expect(await effects()).toEqual({ a: [1, 3, 2], b: [4] });
    expect(await listDeadLetters(orm.em.fork())).toEqual([]);
    expect(await listDeadLetters(orm.em.fork(), { consumer: 'ledger', state: 'redriven' })).toEqual([
      expect.objectContaining({ eventId: id, redrivenAt: expect.any(Date) }),
    ]);
  });

  test('an event is not given up however often it needs what is away', async () => {
    let tries = 0;
    const dependent: EventConsumer = {
      ...ledger,
      async handle(tx, envelope) {
        await writeEffect(tx, envelope);
        tries += 1;
        if (tries % 2 === 1 && tries < 30) throw new SubgraphUnavailable('access');
        if (tries < 30) throw new StoreUnavailable(new Error('gone'));
      },
    };
    await bus.subscribe(consumer(dependent, orm));
    await record(placed('a', 1));
    await relayOn(bus).drain();
    expect(tries).toBe(30);
    expect(await effects()).toEqual({ a: [1] });
    expect(await orm.em.fork().execute('select 1 from dead_letter')).toEqual([]);
  });

  test('an event that succeeds after failing leaves no letter', async () => {
    poisonous = true;
    await bus.subscribe(consumer(fragile, orm));
    const relay = relayOn(bus);
    await record(placed('a', 2));
    await until(async () => (await listDeadLetters(orm.em.fork(), { state: 'retrying' })).length === 1);
    poisonous = false;
    await relay.drain();
    expect(await effects()).toEqual({ a: [2] });
    const left = await orm.em.fork().execute('select 1 from dead_letter');
    expect(left).toEqual([]);
  });

  test('giving up an event that was handled after all writes no letter', async () => {
    const seen = await listen(bus);
    poisonous = false;
    const subscription = consumer(fragile, orm);
    await bus.subscribe(subscription);
    await record(placed('a', 2));
    await relayOn(bus).drain();
    await subscription.giveUp?.(seen[0] as EventEnvelope, new Error('too often'));
    expect(await listDeadLetters(orm.em.fork())).toEqual([]);
  });
});
