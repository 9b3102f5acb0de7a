import { defineEntity, type EntityManager, type MikroORM, p } from '@mikro-orm/postgresql';
import { openOrm, tenantEm } from '../src/db/orm.ts';
import { withClient } from '../src/db/provision.ts';
import type { ConstraintErrors } from '../src/domain/constraints.ts';
import { write } from '../src/domain/write.ts';
import type { EventEnvelope } from '../src/events/envelope.ts';
import { eventTablesSql } from '../src/events/outbox.ts';
import { actorIdOf, causeOf, recorder } from '../src/events/recorder.ts';
import { AlreadyExists } from '../src/graph/errors.ts';
import { uuidv7 } from '../src/ids.ts';
import { actingMethod, eventRequest, internalRequest, personRequest, serviceRequest } from '../src/request/acting.ts';
import { anonymous } from '../src/request/context.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase } from '../src/testing/postgres.ts';

const Shelf = defineEntity({
  name: 'Shelf',
  properties: { id: p.integer().primary(), slug: p.string(), room: p.integer() },
});
const TABLE = `create table shelf (id int primary key, slug text not null, room int not null,
  constraint shelf_slug_unique unique (slug), constraint shelf_room_unique unique (room))`;

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  const migrate = (url: string) =>
    withClient(url, async (client) => {
      for (const statement of [TABLE, ...eventTablesSql]) await client.query(statement);
    });
  database = await databaseFromTemplate(await createTemplate('kernel write', migrate));
  orm = await openOrm({ name: 'shop', entities: [Shelf], migrations: import.meta.url }, database.appUrl);
});
afterAll(async () => {
  await orm?.close(true);
  await database?.drop();
});

const errors: ConstraintErrors = { shelf_slug_unique: (cause) => new AlreadyExists('taken', {}, cause) };

function aContext() {
  let forgotten = 0;
  return {
    em: tenantEm(orm, null, null),
    cause: causeOf(internalRequest(null)),
    forget: () => void forgotten++,
    times: () => forgotten,
  };
}

const shelves = () => tenantEm(orm, null, null).count(Shelf, {});
const put = (id: number, slug: string, room: number) => (tx: EntityManager) => tx.insert(Shelf, { id, slug, room });

describe('a write', () => {
  it('commits what its act did, and has the request forget what it read', async () => {
    const ctx = aContext();
    await write(ctx, put(1, 'a', 1));
    expect([await shelves(), ctx.times()]).toEqual([1, 1]);
  });

  it('answers the breach of a declared constraint with its error, and every other as it is', async () => {
    await expect(write(aContext(), put(2, 'a', 2), errors)).rejects.toThrow(AlreadyExists);
    await expect(write(aContext(), put(2, 'b', 1), errors)).rejects.toMatchObject({ constraint: 'shelf_room_unique' });
    expect(await shelves()).toBe(1);
  });

  it('that fails leaves nothing behind for the next one of the request', async () => {
    const ctx = aContext();
    const twice = async (tx: EntityManager) => {
      tx.create(Shelf, { id: 3, slug: 'a', room: 3 });
      await tx.flush();
    };
    await expect(write(ctx, twice, errors)).rejects.toThrow(AlreadyExists);
    await write(ctx, put(4, 'd', 4));
    expect(ctx.times()).toBe(2);
  });

  it('that met another in a deadlock is made again', async () => {
    await write(aContext(), async (tx) => {
      await put(10, 'x', 10)(tx);
      await put(11, 'y', 11)(tx);
    });
    let waiting = 0;
    const { promise: both, resolve } = Promise.withResolvers<void>();
    const move = (first: number, second: number) => async (tx: EntityManager) => {
      await tx.execute('update shelf set slug = slug where id = ?', [first]);
      if (++waiting === 2) resolve();
      await both;
      await tx.execute('update shelf set slug = slug where id = ?', [second]);
    };
    await Promise.all([write(aContext(), move(10, 11)), write(aContext(), move(11, 10))]);
    expect(waiting).toBeGreaterThan(2);
  });
});

describe('a recorded event', () => {
  const recordEvent = recorder<{ 'shop.shelf.made': { slug: string } }>();

  it('says where it comes from, and comes after the rows that it tells of', async () => {
    const [tenantId, personId] = [uuidv7(), uuidv7()];
    const request = { ...personRequest(tenantId, personId), traceparent: '00-1-2-01' };
    const ctx = { ...aContext(), cause: causeOf(request) };
    await write(ctx, async (tx) => {
      tx.create(Shelf, { id: 20, slug: 'v', room: 20 });
      await recordEvent(tx, ctx, 'shop.shelf.made', { subject: '20', data: { slug: 'v' } });
      expect(await tx.execute('select 1 as seen from shelf where id = 20')).toEqual([{ seen: 1 }]);
    });
    const rows = await orm.em.fork().getConnection().execute('select * from outbox');
    expect(rows).toMatchObject([
      {
        type: 'shop.shelf.made',
        aggregate_id: '20',
        tenant_id: tenantId,
        actor_id: personId,
        request_id: request.requestId,
        traceparent: '00-1-2-01',
        payload: { slug: 'v' },
      },
    ]);
  });
});

describe('who did it', () => {
  const [alice, admin, shop] = [uuidv7(), uuidv7(), uuidv7()];
  const person = personRequest(uuidv7(), alice);
  const event = { id: uuidv7(), tenantid: null, actorid: alice, requestid: null } as EventEnvelope;
  it.each([
    ['a person', person, alice],
    ['a person who acts as another', { ...person, viewer: { ...person.viewer, amr: [actingMethod(admin)] } }, admin],
    ['an application', { ...person, viewer: { ...anonymous, kind: 'application' as const, id: shop } }, shop],
    ['a service for a person', { ...serviceRequest('shop', null), onBehalfOf: alice }, alice],
    ['a service that answers an event of a person', eventRequest('shop', event), alice],
    ['a service for itself', serviceRequest('shop', null), null],
    ['nobody', internalRequest(null), null],
  ])('is known of %s', (_, request, expected) => {
    expect(actorIdOf(request)).toBe(expected);
  });
});
