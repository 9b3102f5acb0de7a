import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import Fastify, { type FastifyInstance } from 'fastify';
import { aCommunity, aPost, type Scope, startActivity } from './factories.ts';

let test: TestSubgraph;
let owner: Person;
let community: Scope;
let app: FastifyInstance;

beforeAll(async () => {
  test = await startActivity();
  owner = await test.person();
  community = await aCommunity(test, owner);
  const { definition, runtime, ports, open } = test.world.subgraph('activity');
  app = Fastify();
  await definition.routes?.(app, runtime, ports, open);
  await aPost(test, owner, community, { title: 'For <all> & sundry', visibility: 'PUBLIC' });
  await aPost(test, owner, community, { title: 'For members', visibility: 'COMMUNITY' });
  await test.world.settle();
});
afterAll(async () => {
  await app?.close();
  await test?.world.close();
});

const addressOf = ({ id }: Scope, format: string, tenant = test.tenantId) =>
  `/feeds/${tenant}/community/${id}.${format}`;
const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });

it('gives what everybody may read as Atom, and nothing else', async () => {
  const reply = await get(addressOf(community, 'atom'));
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  expect(reply.body).toContain('For &lt;all&gt; &amp; sundry');
  expect(reply.body).not.toContain('For members');
  expect(reply.body.match(/<entry>/g)).toHaveLength(2);
  const again = await get(addressOf(community, 'atom'), { 'if-none-match': reply.headers.etag });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

it('gives the same as Activity Streams 2.0', async () => {
  const reply = await get(addressOf(community, 'json'));
  const stream = reply.json<{ type: string; totalItems: number; orderedItems: { name: string; summary: string }[] }>();
  expect([stream.type, stream.totalItems]).toEqual(['OrderedCollection', 2]);
  expect(stream.orderedItems.map(({ name }) => name)).toEqual(['portal.post.created', 'portal.community.created']);
  expect(reply.headers['content-type']).toBe('application/activity+json; charset=utf-8');
});

it('answers about a hidden place, one of another tenant and one that is none alike', async () => {
  const hidden = await aCommunity(test, owner, { visibility: 'PRIVATE' });
  const other = await test.tenant();
  const paths = [
    addressOf(hidden, 'atom'),
    addressOf(community, 'atom', other),
    addressOf({ type: 'COMMUNITY', id: test.tenantId }, 'json'),
    addressOf(community, 'html'),
    `/feeds/x/community/${community.id}.atom`,
    `/feeds/${test.tenantId}/constructor/${community.id}.atom`,
  ];
  for (const path of paths) expect([path, (await get(path)).statusCode]).toEqual([path, 404]);
});
