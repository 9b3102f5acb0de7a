import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { withClient } from '../src/db/provision.ts';
import { type ConsumerOptions, consumer, type DeliveryOutcome } from '../src/events/consumer.ts';
import { listDeadLetters } from '../src/events/dead-letter.ts';
import type { EventEnvelope } from '../src/events/envelope.ts';
import { lanes } from '../src/events/lanes.ts';
import { eventTablesSql } from '../src/events/outbox.ts';
import { SubgraphUnavailable } from '../src/graph/errors.ts';
import { uuidv7 } from '../src/ids.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase } from '../src/testing/postgres.ts';

const EFFECT = 'create table effect (id bigint generated always as identity, n int, tenant text, transaction text)';
const NOTE = `insert into effect (n, tenant, transaction) values (?, current_setting('app.tenant', true), pg_current_xact_id()::text)`;

let database: TestDatabase;
let orm: MikroORM;

beforeEach(async () => {
  const migrate = (ownerUrl: string) =>
    withClient(ownerUrl, async (client) => {
      for (const statement of [...eventTablesSql, EFFECT]) await client.query(statement);
    });
  database = await databaseFromTemplate(await createTemplate('kernel together', migrate));
  orm = await MikroORM.init({
    clientUrl: database.appUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { max: 10 },
  });
});
afterEach(async () => {
  await orm.close();
  await database.drop();
});

const [one, other] = [uuidv7(), uuidv7()];
const happened = (n: number, tenantid: string = one): EventEnvelope<{ n: number }> => ({
  specversion: '1.0',
  id: uuidv7(),
  source: '/polity/shop',
  type: 'shop.order.placed',
  subject: `order ${n}`,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  tenantid,
  actorid: null,
  requestid: null,
  data: { n },
});
const numbered = (...numbers: number[]) => numbers.map((n) => happened(n));

type Effect = (tx: EntityManager, n: number) => Promise<void>;
const note: Effect = async (tx, n) => void (await tx.execute(NOTE, [n]));

function taking(effect: Effect = note, options: ConsumerOptions = {}) {
  const outcomes: DeliveryOutcome[] = [];
  const subscription = consumer(
    {
      name: 'books.ledger',
      types: ['shop.*'],
      handle: (tx, { data }) => effect(tx, (data as { n: number }).n),
    },
    orm,
    { width: 1, observe: (_name, outcome) => outcomes.push(outcome), ...options },
  );
  return { outcomes, all: (events: EventEnvelope[]) => Promise.allSettled(events.map(subscription.handle)) };
}
const effects = () =>
  orm.em
    .fork()
    .execute<{ n: number; tenant: string; transaction: string }[]>(
      'select n, tenant, transaction from effect order by id',
    );

describe('events that wait for a transaction', () => {
  it('share the next one, in the order of their coming, and act once', async () => {
    const { all, outcomes } = taking();
    const events = numbered(1, 2, 3, 4, 5);
    await all(events);
    const found = await effects();
    expect(found.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(found.map(({ tenant }) => tenant)).toEqual(found.map(() => one));
    expect(new Set(found.map(({ transaction }) => transaction)).size).toBe(2);
    await all([...events, happened(6)]);
    expect((await effects()).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(5);
  });

  it('share none with those of another tenant, in whose walls they are not', async () => {
    await taking().all([happened(1), happened(2), happened(3, other), happened(4), happened(5, other)]);
    const found = await effects();
    const tenantsOf = Map.groupBy(found, ({ transaction }) => transaction);
    expect(found.map(({ n }) => n).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(found.filter(({ tenant }) => tenant === other).map(({ n }) => n)).toEqual([3, 5]);
    for (const each of tenantsOf.values()) expect(new Set(each.map(({ tenant }) => tenant)).size).toBe(1);
  });

  it('take effect beside one that fails, which comes again and ends as a dead letter', async () => {
    const poison: Effect = async (tx, n) => {
      await note(tx, n);
      if (n === 3) throw new Error('no');
    };
    const { all, outcomes } = taking(poison, { maxAttempts: 2 });
    const events = numbered(1, 2, 3, 4);
    const settled = await all(events);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect((await effects()).map(({ n }) => n)).toEqual([1, 2, 4]);
    expect((await all(events)).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await effects()).map(({ n }) => n)).toEqual([1, 2, 4]);
    expect(outcomes.filter((outcome) => outcome === 'dead')).toHaveLength(1);
    expect(await listDeadLetters(orm.em.fork() as EntityManager)).toEqual([
      expect.objectContaining({ eventId: events[2]?.id, attempts: 2 }),
    ]);
  });

  it('all stay with the bus, and count for nothing, while another service is away', async () => {
    const { all, outcomes } = taking(async (_tx, n) => {
      if (n === 3) throw new SubgraphUnavailable('access');
    });
    const events = numbered(1, 2, 3, 4);
    const settled = await all(events);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(outcomes).toEqual(['handled', 'retrying', 'retrying', 'retrying']);
    // Then one by one, so that what needs nothing of that service goes on.
    const again = await all(events);
    expect(again.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await listDeadLetters(orm.em.fork() as EntityManager, { state: 'retrying' })).toEqual([]);
  });

  it('act once each where two processes were sent the same ones, whatever their order', async () => {
    const events = Array.from({ length: 40 }, (_, n) => happened(n));
    await Promise.all([taking().all(events), taking().all([...events].reverse())]);
    expect((await effects()).map(({ n }) => n).sort((a, b) => a - b)).toEqual(events.map(({ data }) => data.n));
  });
});

describe('lanes', () => {
  const taken: string[] = [];
  const two = () =>
    lanes<{ id: string }>({
      width: 2,
      most: () => 3,
      kindOf: ({ id }) => id.slice(0, 1),
      async act(items) {
        taken.push(items.map(({ id }) => id).join(' '));
        await new Promise((resolve) => setImmediate(resolve));
        return items.map(({ id }) =>
          id.endsWith('!') ? { status: 'rejected', reason: id } : { status: 'fulfilled', value: undefined },
        );
      },
    });
  beforeEach(() => void taken.splice(0));
  const run = (ids: string[]) => {
    const { run: add } = two();
    return Promise.allSettled(ids.map((id) => add({ id })));
  };

  it('take what waits together, of one kind, in its order and no more than they may', async () => {
    await run(['a1', 'b1', 'a2', 'b2', 'a3', 'a4', 'a5', 'b3']);
    expect(taken).toEqual(['a1', 'b1', 'a2 a3 a4', 'b2 b3', 'a5']);
  });

  it('tell each how it went', async () => {
    const settled = await run(['a1', 'a2', 'a3!', 'a4']);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('have what is under way joined, and run again what is not any more', async () => {
    const { run: add } = two();
    await Promise.all([add({ id: 'a1' }), add({ id: 'a1' })]);
    await add({ id: 'a1' });
    expect(taken).toEqual(['a1', 'a1']);
  });
});
