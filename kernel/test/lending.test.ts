import { setTimeout as sleep } from 'node:timers/promises';
import { defineEntity, type EntityManager, type MikroORM, p } from '@mikro-orm/postgresql';
import { answeringBy, type LendingDriver } from '../src/db/lending.ts';
import { openOrm, reading, rows, rowsApart, tenantEm } from '../src/db/orm.ts';
import { actorIdOf } from '../src/events/recorder.ts';
import { formatError } from '../src/graph/format-error.ts';
import { inProcessTransport } from '../src/graph/in-process.ts';
import type { RunningSubgraph } from '../src/graph/running.ts';
import { outbound } from '../src/http/outbound.ts';
import { createLogger } from '../src/log/logger.ts';
import { actingMethod, internalRequest } from '../src/request/acting.ts';
import { anonymous, type RequestInfo, serviceViewer } from '../src/request/context.ts';
import { serviceClient } from '../src/service/client.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase } from '../src/testing/postgres.ts';
import { renderMarkdown } from '../src/text/markdown.ts';

const Note = defineEntity({ name: 'Note', properties: { id: p.integer().primary() } });
const CONNECTIONS = 10;
const CROWD = Array.from({ length: 10 * CONNECTIONS }, (_, n) => n);

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await databaseFromTemplate(await createTemplate('kernel lending', async () => undefined));
});
beforeEach(async () => {
  orm = await openOrm({ name: 'note', entities: [Note], migrations: import.meta.url }, database.appUrl);
});
afterEach(() => orm.close(true));
afterAll(() => database.drop());

const em = () => tenantEm(orm, null, null);
const one = (on: EntityManager) => on.execute<{ n: number }[]>('select 1 as n');
const inUse = () => (orm.driver as LendingDriver).use.inUse;
const log = createLogger({ service: 'test', level: 'silent' });

/** Takes every connection until it is told to stop. */
async function takeAll(): Promise<() => Promise<void>> {
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  let taken = 0;
  const holders = CROWD.slice(0, CONNECTIONS).map(() =>
    em().transactional(async (tx) => {
      await one(tx as EntityManager);
      taken++;
      await enough;
    }),
  );
  while (taken < CONNECTIONS) await sleep(1);
  return async () => {
    resolve();
    await Promise.all(holders);
  };
}

describe('what only reads', () => {
  it('gives its connection back while it waits for something else', async () => {
    const reader = em();
    await reading(reader, async () => {
      await one(reader);
      while (inUse() > 0) await sleep(1);
      expect(await one(reader)).toEqual([{ n: 1 }]);
    });
  });

  it('may ask on the side, however many do so at once', async () => {
    const answers = await Promise.all(
      CROWD.map(async () => {
        const reader = em();
        return reading(reader, async () => {
          await one(reader);
          await rowsApart(reader, 'select 1 as n', []);
          await one(em());
          return rows<{ n: number }>(reader, 'select 1 as n', []);
        });
      }),
    );
    expect(answers).toEqual(CROWD.map(() => [{ n: 1 }]));
    while (inUse() > 0) await sleep(1);
  });

  it('stays inside the walls of its tenant when it goes on with another connection', async () => {
    const tenant = () => `select current_setting('app.tenant', true) as tenant`;
    const ids = CROWD.map((n) => `01a1ff4a-0000-7000-8000-${String(n).padStart(12, '0')}`);
    const found = await Promise.all(
      ids.map((id) => {
        const reader = tenantEm(orm, id, null);
        return reading(reader, async () => {
          const [before] = await reader.execute<{ tenant: string }[]>(tenant());
          await sleep(5);
          const [after] = await reader.execute<{ tenant: string }[]>(tenant());
          return [before?.tenant, after?.tenant];
        });
      }),
    );
    expect(found).toEqual(ids.map((id) => [id, id]));
  });

  it('answers after a statement that failed, too', async () => {
    const reader = em();
    await reading(reader, async () => {
      await expect(reader.execute('select 1 / 0')).rejects.toThrow('division by zero');
      while (inUse() > 0) await sleep(1);
      expect(await one(reader)).toEqual([{ n: 1 }]);
    });
  });
});

describe('what writes', () => {
  const second = 'must not wait for another one of the same pool';

  it('is refused a second connection, whichever way it asks', async () => {
    const ways: ((tx: EntityManager) => Promise<unknown>)[] = [
      () => one(em()),
      () => em().transactional(async () => undefined),
      (tx) => one(tx.fork()),
      (tx) => rowsApart(tx, 'select 1', []),
      () => reading(em(), async () => undefined),
    ];
    for (const way of ways) await expect(em().transactional((tx) => way(tx as EntityManager))).rejects.toThrow(second);
  });

  it('may use its own, in transactions inside it as well, and is forgotten when it ends', async () => {
    await em().transactional(async (tx) => {
      await tx.transactional(async (inner) => one(inner as EntityManager));
      await rows(tx as EntityManager, 'select 1', []);
    });
    const started: Promise<unknown>[] = [];
    await em().transactional(async () => void started.push(sleep(20).then(() => one(em()))));
    expect(await Promise.all(started)).toEqual([[{ n: 1 }]]);
  });
});

describe('whoever finds all connections taken', () => {
  it('hears so before its caller stops waiting, and takes nothing with it', async () => {
    const giveBack = await takeAll();
    const refused = await answeringBy(Date.now() + 300, () => one(em())).catch((error: unknown) => error);
    const { extensions } = formatError(refused, 'a-request', log, 'note');
    expect(extensions).toMatchObject({ code: 'OVERLOADED' });
    const patient = one(em());
    await giveBack();
    expect(await patient).toEqual([{ n: 1 }]);
    while (inUse() > 0) await sleep(1);
    expect((orm.driver as LendingDriver).use).toEqual({ inUse: 0, waiting: 0 });
  });
});

describe('whoever asks another service', () => {
  const asked: RequestInfo[] = [];
  const answering = (name: string): [string, RunningSubgraph] => [
    name,
    {
      name,
      schema: null as never,
      execute: async (_request, info) => {
        asked.push(info);
        return { data: {} };
      },
    },
  ];
  const transport = inProcessTransport(new Map(['access', 'identity'].map(answering)));
  const from = (name: string, request: Partial<RequestInfo> = {}) =>
    serviceClient(transport, name, { ...internalRequest(null), ...request });
  const query = '{ __typename }';

  it('asks anybody while it holds no connection', async () => {
    await expect(from('portal').call('identity', query)).resolves.toEqual({});
    await reading(em(), () => from('access').call('identity', query));
  });

  it('says who really acts, through any number of services, and gives nothing else of the session on', async () => {
    const [alice, bob] = ['01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8058'];
    const amr = ['pwd', 'otp', actingMethod(alice)];
    await from('portal', { viewer: { ...anonymous, kind: 'user', id: bob, acr: 'aal2', amr } }).call('access', query);
    const first = asked.at(-1) as RequestInfo;
    expect(first.viewer).toEqual({ ...serviceViewer('portal'), amr: [actingMethod(alice)] });
    await serviceClient(transport, 'access', first).call('identity', query);
    expect(asked.at(-1)).toMatchObject({ viewer: { id: 'access', amr: [actingMethod(alice)] }, onBehalfOf: bob });
    expect(asked.slice(-2).map(actorIdOf)).toEqual([alice, alice]);
  });

  it('asks nobody but access while it holds one, and access then nobody', async () => {
    const holding = (asks: string) => em().transactional(() => from('note').call(asks, query));
    await expect(holding('access')).resolves.toEqual({});
    expect(asked.at(-1)?.held).toBe(true);
    await expect(holding('identity')).rejects.toThrow('must not wait for identity');
    const access = await openOrm({ name: 'access', entities: [Note], migrations: import.meta.url }, database.appUrl);
    const itself = tenantEm(access, null, null).transactional(() => from('note').call('access', query));
    await expect(itself).rejects.toThrow('must not wait for access');
    await access.close(true);
    await expect(from('access', { held: true }).call('identity', query)).rejects.toThrow('must not wait for identity');
  });
});

describe('what takes long', () => {
  it.each([
    ['rendering', () => renderMarkdown('*a*')],
    [
      'a request to an address outside',
      () => outbound({ allow: { host: () => false, address: () => false } }).send('http://127.0.0.1:1/'),
    ],
  ])('is refused within a transaction, and not after it: %s', async (_, work) => {
    const within = em().transactional(async (tx) => {
      await one(tx as EntityManager);
      return work();
    });
    await expect(within).rejects.toThrow('holds a connection');
    await expect(work().catch((error: Error) => error.message)).resolves.not.toContain('holds a connection');
  });
});
