import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { Supergraph } from '@apollo/federation-internals';
import { executablePath, openBrowser } from '../../test/browser/chromium.ts';
import { widerThanPhone } from '../../test/browser/page.ts';
import { documentReader } from '../src/documents/read.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

interface Example {
  name: string;
  role: string;
  query: string;
  variables?: string;
}

let at: GatewayWorld;

beforeAll(async () => {
  at = await startGatewayWorld();
});
afterAll(() => at?.close());

const get = (path: string, headers = {}) => fetch(`http://127.0.0.1:${at.port}${path}`, { headers });

function examples(ids = { tenant: 'a', community: 'b' }): Example[] {
  const context: { examplesWith?: (ids: object) => Example[] } = {};
  runInNewContext(
    readFileSync(new URL('../assets/examples.js', import.meta.url), 'utf8'),
    Object.assign(context, { globalThis: context }),
  );
  return context.examplesWith?.(ids) ?? [];
}

describe('the page', () => {
  it('may load and ask nothing but this server', async () => {
    const page = await get('/');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self'; /);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    const assets = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path as string);
    expect(assets).toHaveLength(8);
    for (const path of assets) expect((await get(path)).status).toBe(200);
  });

  it('gets its assets packed, and again only when they changed', async () => {
    const browser = at.browser();
    const packed = await browser.send('GET', '/graphiql/page.css', { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    const etag = packed.headers.etag as string;
    const again = await browser.send('GET', '/graphiql/page.css', { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    const file = readFileSync(new URL('../assets/page.css', import.meta.url));
    const bytes = Buffer.from(await (await get('/graphiql/page.css')).arrayBuffer());
    expect(bytes.equals(file)).toBe(true);
  });

  it('begins with operations that the graph takes', () => {
    const api = Supergraph.build(readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'))
      .apiSchema()
      .toGraphQLJSSchema();
    expect(examples().length).toBeGreaterThan(4);
    for (const { query, variables = '{}' } of examples()) {
      expect(documentReader(api).read(query)).toHaveProperty('document');
      expect(typeof JSON.parse(variables)).toBe('object');
    }
  });

  it.each([
    ['anyone', null, null],
    ['member', 'alice', null],
    ['owner', 'admin', 'alice'],
    ['administrator', 'root', 'admin'],
  ] as const)('has queries to try for %s, which are answered to them', async (role, who, other) => {
    const by = who ? await at.person(who) : at.browser();
    const ids = await by.ask('query Ids { tenant { id } community(slug: "builders") { id } }');
    const mine = examples({ tenant: ids.data.tenant.id, community: ids.data.community.id }).filter(
      (each) => each.role === role && each.query.includes('query '),
    );
    expect(mine.length).toBeGreaterThan(0);
    for (const { query, variables = '{}' } of mine) {
      const { codes, data } = await by.ask(query, JSON.parse(variables));
      const missing = Object.keys(data).filter((field) => field !== 'me' && data[field] === null);
      expect([codes, missing]).toEqual([[], []]);
      if (other)
        expect((await (await at.person(other)).ask(query, JSON.parse(variables))).codes).toContain('FORBIDDEN');
    }
  });

  it('offers demo accounts only where they are', async () => {
    const offered = (await (await get('/graphiql/demo.json')).json()) as { accounts: string[] };
    expect(offered.accounts).toContain('alice@demo.test');
    const production = await startGatewayWorld({ http: { demoAccounts: false } });
    try {
      const answer = await production.browser().send('GET', '/graphiql/demo.json');
      expect(JSON.parse(answer.text)).toBeNull();
    } finally {
      await production.close();
    }
  });
});

it('is not there where operators want none', async () => {
  const without = await startGatewayWorld({ http: { graphiql: false } });
  try {
    for (const path of ['/', '/graphiql/page.js']) expect((await without.browser().send('GET', path)).status).toBe(404);
    expect((await without.browser().ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  } finally {
    await without.close();
  }
});

// Reported as skipped where there is no Chromium.
(executablePath ? describe : describe.skip)('the page in a browser', () => {
  it('signs in with one click on a phone, runs the first example, signs out and asks nobody else', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const origin = `http://127.0.0.1:${at.port}`;
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      page.on('request', (request) => {
        if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) problems.push(request.url());
      });
      await page.goto(origin);
      await page.waitForSelector('#session form');
      expect(await widerThanPhone(page)).toBe(0);
      await page.click('#session button:text-is("alice")');
      await page.waitForSelector('#session strong:text-is("Alice")');
      await page.click('.graphiql-execute-button');
      await page.waitForSelector('.result-window :text("Builders")');
      expect((await page.locator('.result-window').boundingBox())?.width).toBeGreaterThan(250);
      await page.click('#session button:text-is("Sign out")');
      await page.waitForSelector('#session form');
      await page.fill('#session input[type=email]', 'alice@demo.test');
      await page.fill('#session input[type=password]', 'not her password');
      await page.click('#session form button');
      await page.waitForSelector('#session .problem');
      expect(await page.inputValue('#session input[type=email]')).toBe('alice@demo.test');
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);

  it('shows administrators what is published, and plans; others see neither', async () => {
    const text = 'query Published { tenant { slug } }';
    const admin = await at.person('admin');
    await admin.get('mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added } }', {
      input: { manifest: { home: text } },
    });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${at.port}`);
      await page.click('#session button:text-is("bob")');
      await page.waitForSelector('#session strong:text-is("Bob")');
      expect(await page.locator('#session button:text-is("Operations")').count()).toBe(0);
      await page.click('#session button:text-is("Sign out")');
      await page.click('#session button:text-is("admin")');
      await page.click('#session button:text-is("Operations")');
      await page.waitForSelector('#operations button:text-is("Published")');
      expect(await widerThanPhone(page)).toBe(0);
      await page.click('#operations button:text-is("Close")');
      expect(await page.locator('#session select[aria-label=Examples] optgroup').count()).toBe(3);
      await page.selectOption('#session select[aria-label=Examples]', 'Clients');
      await page.waitForSelector('.graphiql-tab-button:text-is("Clients")');
      await page.click('#session button:text-is("Operations")');
      await page.waitForSelector('#operations button:text-is("Published")');
      await page.click('#operations button:text-is("Published")');
      await page.waitForSelector('#session button:text-is("Operations")');
      await page.check('#session label input');
      await page.click('.graphiql-execute-button');
      await page.waitForSelector('.result-window :text("plan")');
      await page.waitForSelector('.result-window :text("identity")');
    } finally {
      await browser.close();
    }
  }, 60_000);
});
