// What reading costs in a large tenant, by kind of viewer: time of the whole operation in the subgraph, time that PostgreSQL took, statements.

import { withClient } from '@polity/kernel/db/provision';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { startWorld, userViewer, type World } from '@polity/kernel/testing/harness';
import { startTestServer } from '@polity/kernel/testing/postgres';
import { registry } from '../../subgraphs/registry.ts';
import { percentile } from '../one-process.ts';
import { type Client, communityId, fillAccess, fillPortal, kinds, TENANT, userId } from './dataset.ts';

const RUNS = 40;
const WARMING = 10;
const BOUND_MS = 5;

const PAGE = `edges { node { id title bodyHtml visibility author { id }
  scope { ... on Community { name } ... on Team { name community { name } } } } }`;
const operations: Record<string, string> = {
  'feed of 20': `{ posts(first: 20) { ${PAGE} } }`,
  'communities of the tenant': '{ communities(first: 20) { edges { node { id name } } } }',
  'own communities': '{ communities(first: 20, mine: true) { edges { node { id name } } } }',
  'posts of one community': `{ posts(first: 20, scope: { type: COMMUNITY, id: "${communityId(77)}" }) { edges { node { id } } } }`,
  'communities with 3 posts each':
    '{ communities(first: 20) { edges { node { id posts(first: 3) { edges { node { id } } } } } } }',
  'members of all': `{ communities(first: 100) { edges { node { memberCount } } } }`,
};

const viewerOf = (user: number | null): Viewer => (user === null ? anonymous : userViewer(userId(user)));

/** Address of the database that has this table. */
async function databaseWith(table: string, adminUrl: string): Promise<string> {
  const names = await withClient(adminUrl, (admin) =>
    admin.query<{ datname: string }>(`select datname from pg_database where datname like 'test_%'`),
  );
  for (const { datname } of names.rows) {
    const url = Object.assign(new URL(adminUrl), { pathname: `/${datname}` }).href;
    const found = await withClient(url, (client) => client.query('select to_regclass($1) as there', [table]));
    if (found.rows[0].there) return url;
  }
  throw new Error(`No database has the table ${table}.`);
}

const SPENT = `select coalesce(sum(total_exec_time + total_plan_time), 0) as ms from pg_stat_statements s
  join pg_database d on d.oid = s.dbid where d.datname = current_database()`;

async function measure(world: World, client: Client, viewer: Viewer, query: string) {
  const ask = async () => {
    const { errors } = await world.ask('portal', viewer, query);
    if (errors) throw new Error(JSON.stringify(errors));
  };
  for (let run = 0; run < WARMING; run++) await ask();
  await client.query('select pg_stat_statements_reset()');
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  const { rows } = await client.query<{ ms: number }>(SPENT);
  const { counts } = await world.count(ask);
  times.sort((a, b) => a - b);
  const sqlMs = (rows[0]?.ms ?? 0) / RUNS;
  return {
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    sqlMs,
    statements: counts.statements.portal?.length ?? 0,
  };
}

const server = await startTestServer({
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
});
const definitions = registry.filter(({ name }) => name === 'access' || name === 'portal');
const world = await startWorld({ subgraphs: await Promise.all(definitions.map((definition) => definition.load())) });
world.tenantId = TENANT;

async function measureAll(client: Client): Promise<void> {
  await client.query('create extension pg_stat_statements');
  await fillPortal(client);
  console.log(`${RUNS} runs each, one lane; sql ms is planning and execution in PostgreSQL, per operation`);
  console.log('operation'.padEnd(32), 'viewer'.padEnd(22), ' p50 ms', ' p95 ms', ' sql ms', ' statements');
  for (const [name, query] of Object.entries(operations)) {
    for (const kind of kinds) {
      const { p50, p95, sqlMs, statements } = await measure(world, client, viewerOf(kind.user), query);
      const cells = [p50, p95, sqlMs].map((ms) => ms.toFixed(2).padStart(7));
      const mark = sqlMs > BOUND_MS ? '  <- slow' : '';
      console.log(name.padEnd(32), kind.name.padEnd(22), ...cells, String(statements).padStart(11), mark);
    }
  }
}

try {
  await withClient(await databaseWith('role_binding', server.adminUrl), fillAccess);
  await withClient(await databaseWith('post', server.adminUrl), measureAll);
} finally {
  await world.close();
  await server.stop();
}
