import { cpus, loadavg } from 'node:os';
import { type AccessSet, compileAccessSet } from '../../kernel/src/access/set.ts';
import { uuidv7 } from '../../kernel/src/ids.ts';
import type { Viewer } from '../../kernel/src/request/context.ts';
import { serviceViewer, startWorld, userViewer, type World } from '../../kernel/src/testing/harness.ts';
import { startTestServer, TEST_SERVER_VARIABLE } from '../../kernel/src/testing/postgres.ts';
import { access } from '../../subgraphs/access/src/subgraph.ts';

const TEAMS = 500;
const BINDINGS = 600;
const service = serviceViewer('bench');
const ROWS_QUERY = 'query($u: ID!) { _accessRows(subjectId: $u) }';

interface Place {
  world: World;
  tenantId: string;
  communityId: string;
  teams: string[];
  /** Holds 600 roles. */
  busy: Viewer & { id: string };
  owner: Viewer & { id: string };
}

const declaration = {
  permissions: Array.from({ length: 48 }, (_, n) => ({
    code: `bench.thing.do${n}`,
    description: 'Do it.',
    scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
  })),
  roles: ['a', 'b'].flatMap((name, index) =>
    ['TENANT', 'COMMUNITY', 'TEAM'].map((scopeType) => ({
      key: `bench.${name}`,
      name,
      description: '',
      scopeType,
      permissions: Array.from({ length: 12 }, (_, n) => `bench.thing.do${n * 4 + index}`),
    })),
  ),
};

async function must<Data>(
  world: World,
  viewer: Viewer,
  query: string,
  variables = {},
  tenantId = world.tenantId,
): Promise<Data> {
  const { data, errors } = await world.ask('access', viewer, query, variables, { tenantId });
  if (errors?.[0]) throw new Error(errors[0].message);
  return data as Data;
}

async function build(): Promise<Place> {
  const world = await startWorld({ subgraphs: [access] });
  const register = 'mutation($d: JSON!) { _registerAccess(subgraph: "bench", declaration: $d) }';
  await must(world, service, register, { d: declaration }, null);
  const [tenantId, communityId] = [uuidv7(), uuidv7()];
  world.tenantId = tenantId;
  const scope = (type: string, id: string, parentId: string | null) =>
    must(world, service, 'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }', {
      i: { type, id, parentId },
    });
  await scope('TENANT', tenantId, null);
  await scope('COMMUNITY', communityId, tenantId);
  const teams = Array.from({ length: TEAMS }, () => uuidv7());
  for (const id of teams) await scope('TEAM', id, communityId);
  const busy = userViewer(uuidv7()) as Place['busy'];
  const owner = userViewer(uuidv7()) as Place['owner'];
  const bind = (userId: string, roleKey: string, type: string, id: string) =>
    must(world, service, 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }', {
      i: { userId, roleKey, scope: { type, id } },
    });
  for (let n = 0; n < BINDINGS; n++)
    await bind(busy.id, n < TEAMS ? 'bench.a' : 'bench.b', 'TEAM', teams[n % TEAMS] as string);
  await bind(owner.id, 'tenant.owner', 'TENANT', tenantId);
  return { world, tenantId, communityId, teams, busy, owner };
}

interface Measured {
  p50: number;
  p95: number;
  cpu: number;
}

async function measure(work: () => Promise<unknown>, runs = 400): Promise<Measured> {
  for (let n = 0; n < 200; n++) await work();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let n = 0; n < runs; n++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  times.sort((a, b) => a - b);
  return { p50: times[runs >> 1] ?? 0, p95: times[Math.floor(runs * 0.95)] ?? 0, cpu: (user + system) / runs / 1000 };
}

const ms = (value: number) => `${value.toFixed(2)} ms`.padStart(10);
function say(name: string, { p50, p95, cpu }: Measured, target: string): void {
  console.log(`  ${name.padEnd(44)} p50 ${ms(p50)}  p95 ${ms(p95)}  CPU ${ms(cpu)}   target ${target}`);
}

async function run({ world, tenantId, teams, busy, owner }: Place): Promise<void> {
  const checks = teams.slice(0, 50).map((id) => ({ permission: 'bench.thing.do4', scope: { type: 'TEAM', id } }));
  const page = 'query($c: [AccessCheckInput!]!) { canEach(checks: $c) { allowed reason } }';
  say('page of 50 checks, strict stamps', await measure(() => must(world, busy, page, { c: checks })), 'p50 <= 1 ms');
  const rowsQuery = 'query($u: ID!) { _accessRows(subjectId: $u) _scopeTree _catalogue }';
  say(
    'rows, tree and catalogue from PostgreSQL',
    await measure(() => must(world, service, rowsQuery, { u: busy.id })),
    'none',
  );
  const stamp = await world.access.stamp(tenantId, busy.id);
  const set: AccessSet = await world.access.load(tenantId, busy.id, stamp);
  const { _accessRows: rows } = await must<{ _accessRows: never }>(world, service, ROWS_QUERY, { u: busy.id });
  const compile = async () => compileAccessSet(rows, set.catalogue, set.tree, Date.now());
  say(`compile ${BINDINGS} bindings, rows at hand`, await measure(compile), 'none');
  const fromDatabase = async () => {
    const found = await must<{ _accessRows: never }>(world, service, ROWS_QUERY, { u: busy.id });
    return compileAccessSet(found._accessRows, set.catalogue, set.tree, Date.now());
  };
  say(`compile ${BINDINGS} bindings from PostgreSQL`, await measure(fromDatabase), 'p95 <= 2 ms');
  const effective =
    '{ effectiveAccess(first: 100) { edges { node { permissions { code } } } pageInfo { endCursor } } }';
  say(`effective access over ${TEAMS} teams, first 100`, await measure(() => must(world, busy, effective)), '<= 5 ms');
  const who = 'query($s: ScopeInput!) { whoCan(permission: "bench.thing.do4", scope: $s) { edges { node { id } } } }';
  say(
    'who can, at one team',
    await measure(() => must(world, owner, who, { s: { type: 'TEAM', id: teams[0] } })),
    'none',
  );
  const scope = { type: 'TEAM', id: teams[0] };
  const turn = async () => {
    await must(world, service, 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }', {
      i: { userId: owner.id, roleKey: 'bench.a', scope },
    });
    await must(world, service, 'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s) }', {
      u: owner.id,
      s: scope,
    });
  };
  say('grant and revoke, both acknowledged', await measure(turn, 100), 'none');
}

const server = await startTestServer();
process.env[TEST_SERVER_VARIABLE] = server.adminUrl;
console.log(`Through the graph of access: ${cpus().length} x ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`);
const place = await build();
try {
  await run(place);
} finally {
  await place.world.close();
  await server.stop();
}
