import { defineEntity, p } from '@mikro-orm/postgresql';
import { connectionBudget } from '../src/db/budget.ts';
import { openOrm, tenantEm } from '../src/db/orm.ts';
import { withClient } from '../src/db/provision.ts';
import { createTemplate, databaseFromTemplate, testAdminUrl } from '../src/testing/postgres.ts';

const Note = defineEntity({ name: 'Note', properties: { id: p.integer().primary() } });

/** Everything that a process may open. */
const whole = (total: number, subgraphs: number, inPostgres: boolean) => {
  const { perSubgraph, store } = connectionBudget(total, subgraphs, inPostgres);
  return subgraphs * (perSubgraph + 1) + store;
};

describe('the connections of a process', () => {
  it.each([1, 2, 3, 7, 14, 20])('stay within what it may open, with %i subgraphs', (subgraphs) => {
    for (const inPostgres of [true, false]) expect(whole(80, subgraphs, inPostgres)).toBeLessThanOrEqual(80);
  });

  it('are ten for a subgraph where there is room, and never fewer than two', () => {
    expect(connectionBudget(80, 3, true)).toEqual({ perSubgraph: 10, store: 10 });
    expect(connectionBudget(80, 14, true)).toEqual({ perSubgraph: 4, store: 10 });
    expect(connectionBudget(80, 14, false)).toEqual({ perSubgraph: 4, store: 0 });
    expect(connectionBudget(5, 14, true)).toEqual({ perSubgraph: 2, store: 2 });
    expect(connectionBudget(80, 0, true)).toEqual({ perSubgraph: 0, store: 10 });
  });

  it('are opened when they are needed, and no more of them than a subgraph has', async () => {
    const database = await databaseFromTemplate(await createTemplate('kernel budget', async () => undefined));
    const orm = await openOrm({ name: 'note', entities: [Note], migrations: import.meta.url }, database.appUrl, {
      connections: 2,
    });
    const name = new URL(database.appUrl).pathname.slice(1);
    const open = () =>
      withClient(testAdminUrl(), async (admin) => {
        const sql = 'select count(*)::int as n from pg_stat_activity where datname = $1';
        return (await admin.query<{ n: number }>(sql, [name])).rows[0]?.n;
      });
    expect(await open()).toBe(0);
    const sleeping = () => tenantEm(orm, null, null).transactional((tx) => tx.execute('select pg_sleep(0.01)'));
    const crowd = Promise.all(Array.from({ length: 20 }, sleeping));
    expect(await open()).toBeLessThanOrEqual(2);
    expect(await crowd).toHaveLength(20);
    expect(await open()).toBe(2);
    await orm.close(true);
    await database.drop();
  });
});
