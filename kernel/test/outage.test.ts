import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { GraphQLError } from 'graphql';
import pg from 'pg';
import { NotFound, SubgraphUnavailable } from '../src/graph/errors.ts';
import { formatError } from '../src/graph/format-error.ts';
import { isOutage } from '../src/graph/outage.ts';
import { StoreUnavailable } from '../src/kv/store.ts';
import { createLogger } from '../src/log/logger.ts';
import { freePort } from '../src/process/free-port.ts';
import { testAdminUrl } from '../src/testing/postgres.ts';

const log = createLogger({ service: 'shop', level: 'silent' });
const codeOf = (error: unknown) =>
  formatError(new GraphQLError('x', { originalError: error as Error }), 'r1', log, 'shop').extensions;

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

describe('a database that does not answer', () => {
  const url = () => testAdminUrl();

  it('is known by a refused connection', async () => {
    const nobody = new URL(url());
    nobody.port = String(await freePort());
    expect(isOutage(await failureOf(connected(nobody.href)))).toBe(true);
  });

  it('is known by a backend that ends in the middle of a statement, and by a connection that is used afterwards', async () => {
    const [client, admin] = [await connected(url()), await connected(url())];
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const asked = failureOf(client.query('select pg_sleep(30)'));
    await admin.query('select pg_terminate_backend($1)', [rows[0].pid]);
    expect(isOutage(await asked)).toBe(true);
    expect(isOutage(await failureOf(client.query('select 1')))).toBe(true);
    await admin.end();
  });

  it('is known by a pool that gets no connection in time', async () => {
    const pool = new pg.Pool({ connectionString: url(), max: 1, connectionTimeoutMillis: 50 });
    const held = await pool.connect();
    expect(isOutage(await failureOf(pool.query('select 1')))).toBe(true);
    held.release();
    await pool.end();
  });

  it('is not what refuses a statement', async () => {
    const client = await connected(url());
    for (const sql of ['select 1/0', 'selec 1', 'select * from nowhere'])
      expect(isOutage(await failureOf(client.query(sql)))).toBe(false);
    expect(isOutage(new UniqueConstraintViolationException(new Error('taken')))).toBe(false);
    await client.end();
  });
});

describe('what clients are told', () => {
  it('names the part that is away, for a store and a database alike', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
    for (const error of [new StoreUnavailable(refused), refused, new Error('wrapped', { cause: refused })]) {
      expect(codeOf(error)).toEqual({
        code: 'SUBGRAPH_UNAVAILABLE',
        requestId: 'r1',
        details: { service: 'shop', retryable: true },
      });
    }
  });

  it('keeps errors that have a code, whatever caused them, and masks the rest', () => {
    expect(codeOf(new NotFound())).toMatchObject({ code: 'NOT_FOUND' });
    expect(codeOf(new TypeError('x is not a function'))).toMatchObject({ code: 'INTERNAL_ERROR' });
  });
});

it('a defect of another service is not an outage of it', () => {
  expect(isOutage(new SubgraphUnavailable('shop'))).toBe(true);
  expect(isOutage(new SubgraphUnavailable('shop', { extensions: { code: 'INTERNAL_ERROR' } }))).toBe(false);
});
