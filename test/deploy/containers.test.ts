import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { parse } from 'yaml';
import { registry } from '../../subgraphs/registry.ts';

// No container can be run by these tests; they hold what the files say against what the processes need.

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  networks?: string[];
  ports?: string[];
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  deploy?: { resources?: { limits?: Record<string, unknown> } };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
}

const root = join(import.meta.dirname, '../..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
};
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const { services } = compose;
const own = [...registry.map(({ name }) => name), 'gateway'];
const stores = ['postgres', 'redis', 'nats'];
const of = (name: string): Service => services[name] as Service;

/** What a service sees of its environment when these variables are given. */
function environmentOf(name: string, given: Record<string, string>): Record<string, string> {
  const fill = (text: string) =>
    text.replace(
      /\$\{(\w+)(?::[?-]([^}]*))?\}/g,
      (_all, variable: string, fallback = '') => given[variable] ?? fallback,
    );
  return Object.fromEntries(Object.entries(of(name).environment ?? {}).map(([key, text]) => [key, fill(String(text))]));
}

test('every service of the registry has a container, an address and its sources in the image', () => {
  expect(Object.keys(services).sort()).toEqual([...own, ...stores, 'migrate'].sort());
  for (const name of own) {
    const named = of(name)
      .environment?.SUBGRAPHS?.split(',')
      .map((each) => each.split('=')[0]);
    expect(named?.sort()).toEqual([...own].sort());
    expect(of(name).environment?.SUBGRAPHS).toMatch(new RegExp(`(^|,)${name}=http://${name}:`));
  }
  const folders = [...dockerfile.matchAll(/^COPY subgraphs\/([^/]+)\/package.json subgraphs\/\1\/$/gm)];
  expect(folders.map(([, name]) => name).sort()).toEqual(registry.map(({ name }) => name).sort());
  for (const { name } of registry) {
    expect(of(name).command).toEqual(['node', `subgraphs/${name}/src/main.ts`]);
    expect(of('gateway').depends_on?.[name]).toEqual({ condition: 'service_healthy' });
  }
});

test('what the image runs is in the image', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)([^\s]+) [^\s]+$/gm)].map(([, source]) => source);
  for (const name of [...own, 'migrate']) {
    const [node, script = ''] = of(name).command ?? [];
    expect(node).toBe('node');
    expect(copied).toContain(script.split('/')[0]);
    expect(readFileSync(join(root, script), 'utf8')).not.toBe('');
  }
});

test('the image runs as an ordinary user, without a shell, and tells its health', () => {
  const final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM'));
  expect(final).toMatch(/^USER node$/m);
  expect(final).toMatch(/^CMD \["node", /m);
  expect(final).toMatch(/^HEALTHCHECK [\s\S]*CMD \["node", /m);
  expect(dockerfile).toMatch(/npm ci --omit=dev --ignore-scripts/);
  expect(dockerfile).not.toMatch(/:latest/);
});

test('every container is limited and confined', () => {
  for (const [name, service] of Object.entries(services)) {
    expect([name, Object.keys(service.deploy?.resources?.limits ?? {}).sort()]).toEqual([
      name,
      ['cpus', 'memory', 'pids'],
    ]);
    expect([name, service.security_opt]).toEqual([name, ['no-new-privileges:true']]);
    // PostgreSQL's image begins as root, makes its folder and steps down.
    if (name !== 'postgres') expect([name, service.read_only, service.cap_drop]).toEqual([name, true, ['ALL']]);
  }
});

test('only the gateway is published, and nothing outside reaches a store', () => {
  expect(Object.entries(services).flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(['gateway']);
  expect(of('gateway').ports).toEqual([expect.stringMatching(/:4000$/)]);
  expect(compose.networks).toEqual({ outside: null, services: { internal: true }, data: { internal: true } });
  for (const name of [...stores, 'migrate']) expect([name, of(name).networks]).toEqual([name, ['data']]);
  for (const name of own) expect(of(name).networks).toEqual(expect.arrayContaining(['services', 'data']));
  // The gateway is asked from outside; those that send mails and the like say so in the registry.
  const outbound = registry.filter((each) => each.outbound).map(({ name }) => name);
  expect(own.filter((name) => of(name).networks?.includes('outside'))).toEqual([...outbound, 'gateway']);
});

test("stores ask for passwords, and the administrator's is given to the migration alone", () => {
  const administers = Object.keys(services).filter((name) =>
    JSON.stringify(of(name).environment ?? {}).includes('POSTGRES_PASSWORD'),
  );
  expect(administers.sort()).toEqual(['migrate', 'postgres']);
  expect(of('redis').command?.join(' ')).toContain('--requirepass "$$REDIS_PASSWORD"');
  expect(of('nats').command?.join(' ')).toContain('--pass "$$NATS_PASSWORD"');
  for (const name of own) {
    expect(new URL(of(name).environment?.DATABASE_URL ?? '').username).toBe('');
    expect(of(name).depends_on?.migrate).toEqual({ condition: 'service_completed_successfully' });
  }
});

test('any character of a password arrives as it is', () => {
  const awkward = `p@ss:w/o#r?d%20"'&`;
  const given = {
    POSTGRES_PASSWORD: awkward,
    REDIS_PASSWORD: awkward,
    NATS_PASSWORD: awkward,
    POLITY_SECRET: 'x'.repeat(43),
  };
  for (const name of [...own, 'migrate']) {
    const environment = environmentOf(name, given);
    for (const [key, value] of Object.entries(environment))
      if (key.endsWith('_URL')) expect(value).not.toContain('p@ss');
    const env = readEnv(platformEnv, environment, name);
    expect(name === 'migrate' ? [env.PGPASSWORD] : [env.REDIS_PASSWORD, env.NATS_PASSWORD]).not.toContain(undefined);
  }
  expect(readEnv(platformEnv, environmentOf('migrate', given), 'migrate').PGPASSWORD).toBe(awkward);
});
