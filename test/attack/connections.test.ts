import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSchema, type GraphQLField, getNamedType, isLeafType, isRequiredArgument } from 'graphql';
import type { Answer, Browser } from '../../gateway/test/browser.ts';
import { registry } from '../../subgraphs/registry.ts';
import { type Installation, type Shape, startInstallation } from '../e2e/installation.ts';

/** Connections of each pool (kernel/src/db/orm.ts), and ten times as many requests at once. */
const CONNECTIONS = 10;
const CROWD = Array.from({ length: 10 * CONNECTIONS }, (_, n) => n);

type Ask = (browser: Browser, n: number) => Promise<Answer>;

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/json' };
const basic = () => ({ authorization: `Basic ${Buffer.from(`${randomUUID()}:secret`).toString('base64')}` });
const secret = () => randomBytes(24).toString('base64url');
/** How tokens begin, by the way in which identity looks them up. */
const KINDS = ['', 'polity_at_', 'polity_ct_', 'polity_pat_', 'e30.e30.'];
const bearer = (n: number) => ({ authorization: `Bearer ${KINDS[n % KINDS.length]}${secret()}` });
/** As if every request came from another address: what one payer may have at once is far less than what strains a pool. */
const from = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}` });
const form = (path: string, fields: Record<string, string>): Ask => {
  const body = new URLSearchParams(fields).toString();
  return (browser, n) => browser.send('POST', path, { ...FORM, ...basic(), ...from(n) }, body);
};

/** What anybody can send that has a database asked. */
const REQUESTS: Readonly<Record<string, Ask>> = {
  'tokens that nobody gave': (browser, n) => browser.ask('{ me { id } }', {}, { ...bearer(n), ...from(n) }),
  'questions to the decision point': (browser, n) =>
    browser.send('POST', '/access/v1/evaluation', { ...JSON_BODY, ...bearer(n), ...from(n) }, '{}'),
  'looks at who one is': (browser, n) => browser.send('GET', '/oidc/userinfo', { ...bearer(n), ...from(n) }),
  introspections: form('/oidc/introspection', { token: `polity_at_${secret()}` }),
  'exchanges of codes': form('/oidc/token', { grant_type: 'authorization_code', code: secret() }),
};

const root = new URL('../..', import.meta.url);

/** Root fields of a subgraph that need no argument, as selections. */
function fieldsOf(subgraph: string): string[] {
  const api = buildSchema(readFileSync(new URL('schema/api.graphql', root), 'utf8'));
  const own = readFileSync(new URL(`subgraphs/${subgraph}/schema.graphql`, root), 'utf8');
  const query = own.slice(own.search(/^(extend )?type Query\b/m));
  const free = ({ name, args }: GraphQLField<unknown, unknown>) =>
    !args.some(isRequiredArgument) && new RegExp(`^  ${name}\\b`, 'm').test(query.slice(0, query.indexOf('\n}')));
  return Object.values(api.getQueryType()?.getFields() ?? {})
    .filter(free)
    .map(({ name, type }) => (isLeafType(getNamedType(type)) ? name : `${name} { __typename }`));
}

/** Right, or refused with a reason that the client is told. */
const isAnswered = ({ status, codes }: Answer) =>
  status !== 500 && !codes.some((code) => code === undefined || code === 'INTERNAL_ERROR');

const POOL = /^(pg_pool_(?:in_use|waiting)\{service="[^"]+"\}) (\d+)/gm;

describe.each<Shape>(['one process', 'many processes'])('ten requests for each connection, in %s', (shape) => {
  let at: Installation;

  beforeAll(async () => {
    // What a limit refuses never reaches a pool.
    at = await startInstallation(shape, {
      RATE_LIMIT: '100000000',
      MAX_IN_FLIGHT: '10000',
      TRUSTED_PROXIES: 'loopback',
    });
  }, 180_000);
  afterAll(() => at?.stop());

  /** Connections in use and requests that wait for one, by service. */
  async function pools(): Promise<Map<string, number>> {
    const ports = shape === 'one process' ? [at.port + 1] : registry.map(({ name }) => at.subgraphPort(name) + 100);
    const pages = ports.map(async (port) => (await fetch(`http://localhost:${port}/metrics`)).text());
    const found = (await Promise.all(pages)).flatMap((text) => [...text.matchAll(POOL)]);
    return new Map(found.map(([, name, value]) => [name as string, Number(value)]));
  }

  async function expectRest(): Promise<void> {
    for (;;) {
      const found = await pools();
      for (const { name } of registry) expect([...found.keys()]).toContain(`pg_pool_in_use{service="${name}"}`);
      if ([...found.values()].every((value) => value === 0)) return;
      await sleep(100);
    }
  }

  async function expectAnswers(browser: Browser, ask: Ask): Promise<void> {
    const answers = await Promise.all(CROWD.map((n) => ask(browser, n)));
    const wrong = answers.filter((answer) => !isAnswered(answer));
    expect(wrong.map(({ status, text }) => [status, text])).toEqual([]);
    await expectRest();
  }

  it.each(Object.entries(REQUESTS))('are all answered: %s', async (_kind, ask) => {
    await expectAnswers(at.browser(), ask);
  });

  it.each(registry.map(({ name }) => name))('are all answered: what %s lists', async (name) => {
    const alice = at.browser();
    await alice.signIn('alice@demo.test');
    const fields = fieldsOf(name);
    expect(fields).not.toEqual([]);
    await expectAnswers(alice, (browser, n) => browser.ask(`{ ${fields[n % fields.length]} }`));
  });

  it('leave others at their work while tokens that nobody gave come in on forty connections', async () => {
    let over = false;
    const flood = CROWD.slice(0, 40).map(async (n) => {
      while (!over) await at.browser().ask('{ me { id } }', {}, bearer(n));
    });
    try {
      const alice = at.browser();
      while (alice.cookie === null) await alice.signIn('alice@demo.test');
      for (let right = 0; right < 5; )
        if ((await alice.ask('{ me { username } }')).data?.me?.username === 'alice') right++;
    } finally {
      over = true;
      await Promise.all(flood);
    }
    await expectRest();
  }, 120_000);
});
