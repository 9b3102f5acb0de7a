// Client credentials, introspection and refresh over HTTP against PostgreSQL that keeps what it says; floors of reference/identity.md section 3.
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { secretsFrom } from '../../kernel/src/config/secrets.ts';
import { startEmbeddedPostgres } from '../../kernel/src/db/embedded.ts';
import { withClient } from '../../kernel/src/db/provision.ts';
import { ensureRoles } from '../../kernel/src/db/provision-roles.ts';
import { TEST_SERVER_VARIABLE } from '../../kernel/src/testing/postgres.ts';
import {
  anApplication,
  discover,
  type OidcWorld,
  startOidc,
  type TestClient,
  tokensFor,
} from '../../subgraphs/identity/test/oidc-harness.ts';
import type { LoadResult, LoadSpec } from './oidc-load.ts';

const SECONDS = 6;
const LANES = 32;

interface Case {
  name: string;
  floor: number;
  path: string;
  form: string;
  lanes: string[];
  next: string;
}

function measured(child: ChildProcess, spec: LoadSpec): Promise<LoadResult> {
  return new Promise((resolve) => {
    child.once('message', (result) => resolve(result as LoadResult));
    child.send(spec);
  });
}

/** A server as production has it: the one of the tests trades durability for speed. */
async function startServer(): Promise<{ settings: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'polity-bench-'));
  const server = await startEmbeddedPostgres({ dataDir: folder });
  const adminUrl = server.url('postgres');
  process.env[TEST_SERVER_VARIABLE] = adminUrl;
  const settings = await withClient(adminUrl, async (admin) => {
    await ensureRoles(admin, secretsFrom(createHash('sha256').update(adminUrl).digest('base64url')));
    const names = "('fsync', 'synchronous_commit', 'full_page_writes')";
    const found = await admin.query<{ line: string }>(
      `select concat(name, '=', setting) as line from pg_settings where name in ${names}`,
    );
    return found.rows.map(({ line }) => line).join(' ');
  });
  return {
    settings,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function casesOf(world: OidcWorld, app: TestClient): Promise<Case[]> {
  const config = await discover(world, app);
  const tokens = [];
  for (let n = 0; n < LANES; n += 1) tokens.push(await tokensFor(world, config));
  const same = Array.from({ length: LANES }, () => '');
  const refresh = tokens.map(({ refresh_token: token }) => token ?? '');
  const access = tokens.map(({ access_token: token }) => token);
  const graph = encodeURIComponent(world.url('/graphql'));
  const grant = 'grant_type=client_credentials&scope=graph.read';
  return [
    { name: 'client credentials, opaque', floor: 300, path: '/oidc/token', form: grant, lanes: same, next: '' },
    {
      name: 'client credentials, at+jwt',
      floor: 300,
      path: '/oidc/token',
      form: `${grant}&resource=${graph}`,
      lanes: same,
      next: '',
    },
    { name: 'introspection', floor: 800, path: '/oidc/introspection', form: 'token={token}', lanes: access, next: '' },
    {
      name: 'refresh with rotation',
      floor: 200,
      path: '/oidc/token',
      form: 'grant_type=refresh_token&refresh_token={token}',
      lanes: refresh,
      next: 'refresh_token',
    },
  ];
}

const server = await startServer();
const world = await startOidc();
const app = await anApplication(world);
const child = fork(fileURLToPath(new URL('./oidc-load.ts', import.meta.url)));
const { port } = world.app.server.address() as AddressInfo;
const authorization = `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}`;
console.log(
  `  ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, PostgreSQL on the same host, ${server.settings}, ${LANES} requests at once`,
);
for (const { name, floor, ...spec } of await casesOf(world, app)) {
  const load = { port, authorization, ...spec };
  await measured(child, { ...load, seconds: 1, next: '', lanes: spec.next ? [] : spec.lanes });
  const cpu = process.cpuUsage();
  const { perSecond, p50, p95, p99, failed } = await measured(child, { ...load, seconds: SECONDS });
  const { user, system } = process.cpuUsage(cpu);
  const perOperation = (user + system) / 1000 / (perSecond * SECONDS);
  const times = `p50 ${p50.toFixed(0)} p95 ${p95.toFixed(0)} p99 ${p99.toFixed(0)} ms`;
  console.log(
    `  ${name}: ${perSecond.toFixed(0)}/s (floor ${floor}), ${times}, ${perOperation.toFixed(2)} ms CPU each, ${failed} failed`,
  );
}
console.log(`  memory: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB resident`);
child.disconnect();
await world.close();
await server.stop();
