import { hash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, print, visit } from 'graphql';
import type { Answer, Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const PUBLISH = 'mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added } }';
const RETIRE = 'mutation ($ids: [ID!]!) { retireOperations(ids: $ids) }';
const JSON_TYPE = { 'content-type': 'application/json' };
const real = await readFile(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

/** The real graph without one root field. */
const without = (field: string) =>
  print(visit(parse(real), { FieldDefinition: ({ name }) => (name.value === field ? null : undefined) }));
const other = (why: string) => `${real}\n# ${why}\n`;
const sha256 = (text: string) => hash('sha256', text);

/** More selections than are planned for nothing, as nobody asked it before. */
function aQuery(): string {
  const fields = Array.from({ length: 14 }, (_, index) => `n${index}: name`).join(' ');
  return `query Q${randomUUID().replaceAll('-', '')} { tenant { slug ${fields} } }`;
}

let folder: string;
let path: string;
let at: GatewayWorld;
let admin: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polity-reload-'));
  path = join(folder, 'supergraph.graphql');
  await writeFile(path, real);
  at = await startGatewayWorld({ supergraphPath: path, platform: { env: { RATE_LIMIT: '1000000' } } });
  admin = await at.person('admin');
});
afterAll(async () => {
  await at?.close();
  await rm(folder, { recursive: true, force: true });
});

async function publish(text: string): Promise<string> {
  await admin.get(PUBLISH, { input: { manifest: { [sha256(text)]: text } } });
  await at.world.settle();
  return sha256(text);
}

async function reloadWith(sdl: string): Promise<void> {
  await writeFile(path, sdl);
  await at.gateway.graph.reload();
}

const post = (body: object, by = at.browser()): Promise<Answer> =>
  by.send('POST', '/graphql', JSON_TYPE, JSON.stringify(body));
const left = ({ headers }: Answer) => Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1]);

/** Points that the same request takes three times in a row; a plan that has to be made is among them. */
async function pointsOf(body: object): Promise<number[]> {
  const standings = [left(await post({ query: '{ __typename }' }))];
  for (let n = 0; n < 3; n++) standings.push(left(await post(body)));
  return standings.slice(1).map((standing, index) => (standings[index] as number) - standing);
}

/** Standings are rounded to whole points; a plan is several. */
const allEqual = (points: readonly number[]) => Math.max(...points) - Math.min(...points) < 3;

describe('what is asked for', () => {
  it('is planned the first time that it comes, and that is paid for', async () => {
    expect(allEqual(await pointsOf({ query: aQuery() }))).toBe(false);
  });

  it('is planned already where it was published', async () => {
    expect(allEqual(await pointsOf({ documentId: await publish(aQuery()) }))).toBe(true);
  });

  it('is planned for another graph before that serves', async () => {
    const [text, documentId] = [aQuery(), await publish(aQuery())];
    for (const body of [{ query: text }, { documentId }]) for (let n = 0; n < 3; n++) await post(body);
    const before = at.gateway.graph.version();
    await reloadWith(other('warm'));
    expect(at.gateway.graph.version()).not.toBe(before);
    for (const body of [{ query: text }, { documentId }]) expect(allEqual(await pointsOf(body))).toBe(true);
  });
});

describe('another graph', () => {
  it('does not serve where it breaks what is published, and says what', async () => {
    const name = `Nav${randomUUID().replaceAll('-', '')}`;
    const id = await publish(`query ${name} { navigation { key } }`);
    const before = at.gateway.graph.version();
    const refused = reloadWith(without('navigation'));
    await expect(refused).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(new RegExp(`breaks 1 published .*\\n {2}${name} \\(of all clients .*navigation`)),
    });
    expect(at.gateway.graph.version()).toBe(before);
    expect((await post({ documentId: id })).status).toBe(200);
    await expect(at.gateway.graph.check(without('navigation'))).rejects.toThrow(`${name} (of all clients`);
    await admin.get(RETIRE, { ids: [id] });
    const wouldServe = await at.gateway.graph.check(without('navigation'));
    expect(at.gateway.graph.version()).toBe(before);
    await at.gateway.graph.reload();
    expect(at.gateway.graph.version()).toBe(wouldServe);
    expect(at.gateway.graph.version()).not.toBe(before);
    expect((await post({ query: '{ navigation { key } }' })).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    await at.gateway.graph.rollBack();
    expect(at.gateway.graph.version()).toBe(before);
    expect((await post({ query: '{ navigation { key } }' })).codes).toEqual([]);
  });

  it('does not serve while what is published cannot be read', async () => {
    at.down.set('operations', 'away');
    try {
      await expect(reloadWith(other('away'))).rejects.toMatchObject({ name: 'StartError' });
    } finally {
      at.down.clear();
    }
    await at.gateway.graph.reload();
  });

  it('serves one after the other, while operations go on', async () => {
    const asked = Array.from({ length: 20 }, () => post({ query: '{ tenant { slug } }' }));
    await Promise.all([reloadWith(other('one')), at.gateway.graph.reload(), at.gateway.graph.rollBack()]);
    for (const { data } of await Promise.all(asked)) expect(data).toEqual({ tenant: { slug: 'demo' } });
  });

  it('is left again as often as others were served before it', async () => {
    for (let back = at.gateway.graph.before().length; back > 0; back--) await at.gateway.graph.rollBack();
    await expect(at.gateway.graph.rollBack()).rejects.toMatchObject({ name: 'StartError' });
  });
});

it('may break what is published where it was told so', async () => {
  const lax = await startGatewayWorld({
    supergraphPath: path,
    platform: { env: { ALLOW_BROKEN_OPERATIONS: 'true', RATE_LIMIT: '0' } },
  });
  try {
    const text = '{ navigation { key } }';
    const owner = await lax.person('admin');
    await owner.get(PUBLISH, { input: { manifest: { [sha256(text)]: text } } });
    await writeFile(path, without('navigation'));
    await lax.gateway.graph.reload();
    expect(lax.gateway.graph.before()).toHaveLength(1);
  } finally {
    await lax.close();
  }
});
