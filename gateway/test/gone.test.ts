import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));

/** Every field that needs no argument, so many objects deep. */
function everythingOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isUnionType(named)) {
    const cases = named.getTypes().map((each) => `... on ${each.name} { id }`);
    return `{ __typename ${cases.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .filter((field) => depth > 0 || !isObjectType(getNamedType(field.type)))
    .filter((field) => depth > 0 || !isUnionType(getNamedType(field.type)));
  return `{ __typename ${fields.map((field) => `${field.name} ${everythingOf(field.type, depth - 1)}`).join(' ')} }`;
}

/** The verb with its arguments, asking for all that its answer and the things beside it have. */
function withEverything(call: string): string {
  const field = schema.getMutationType()?.getFields()[call.slice(0, call.indexOf('('))];
  return `mutation { ${call} ${everythingOf(field?.type as GraphQLOutputType, 3)} }`;
}

let at: GatewayWorld;
let admin: Browser;
let bob: Browser;
let [tenantId, bobId]: string[] = [];
beforeAll(async () => {
  at = await startGatewayWorld();
  [admin, bob] = [await at.person('admin'), await at.person('bob')];
  tenantId = (await admin.get('{ tenant { id } }')).id;
  bobId = (await bob.get('{ me { id } }')).id;
});
afterAll(() => at?.close());

const quoted = (text: string | undefined) => JSON.stringify(text);
const made = async (by: Browser, verb: string, input: object): Promise<string> => {
  const type = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Input!`;
  return (await by.get(`mutation ($input: ${type}) { ${verb}(input: $input) { id } }`, { input })).id;
};

let count = 0;
async function aCommunity(): Promise<string> {
  const id = await made(admin, 'createCommunity', { slug: `gone-${count++}`, name: 'Gone', visibility: 'COMMUNITY' });
  await admin.get('mutation ($c: ID!, $u: ID!) { inviteToCommunity(communityId: $c, userId: $u) { id } }', {
    c: id,
    u: bobId,
  });
  await bob.get('mutation ($c: ID!) { joinCommunity(id: $c) { id } }', { c: id });
  return id;
}

async function aTeam(communityId: string): Promise<string> {
  const id = await made(admin, 'createTeam', { communityId, slug: 'team', name: 'Team' });
  await admin.get('mutation ($t: ID!, $u: ID!) { addToTeam(teamId: $t, userId: $u) { id } }', { t: id, u: bobId });
  await made(bob, 'createPost', { scope: { type: 'TEAM', id }, title: 'Of the team', body: 'Text' });
  return id;
}

/** What ends something, and who does it. */
const endings: [string, () => Promise<[Browser, string]>][] = [
  [
    'a post',
    async () => {
      const scope = { type: 'COMMUNITY', id: await aCommunity() };
      return [bob, `deletePost(id: ${quoted(await made(bob, 'createPost', { scope, title: 'A', body: 'B' }))})`];
    },
  ],
  ['a team', async () => [admin, `deleteTeam(id: ${quoted(await aTeam(await aCommunity()))})`]],
  [
    'a place in a team',
    async () => [admin, `removeFromTeam(teamId: ${quoted(await aTeam(await aCommunity()))}, userId: ${quoted(bobId)})`],
  ],
  [
    'a membership, by its person, of a community that hides from them then',
    async () => {
      const id = await aCommunity();
      await aTeam(id);
      return [bob, `leaveCommunity(id: ${quoted(id)})`];
    },
  ],
  [
    'a membership, by a ban',
    async () => [
      admin,
      `removeFromCommunity(communityId: ${quoted(await aCommunity())}, userId: ${quoted(bobId)}, ban: true)`,
    ],
  ],
  [
    'a role binding',
    async () => {
      const scope = { type: 'COMMUNITY', id: await aCommunity() };
      const input = { userId: bobId, roleKey: 'portal.moderator', scope };
      return [admin, `unbindRole(id: ${quoted(await made(admin, 'bindRole', input))})`];
    },
  ],
  [
    'a role',
    async () => {
      const role = { key: 'gone.role', name: 'Gone', scopeType: 'TENANT', permissions: ['portal.post.create'] };
      const id = await made(admin, 'createRole', role);
      await made(admin, 'bindRole', { userId: bobId, roleKey: role.key, scope: { type: 'TENANT', id: tenantId } });
      return [admin, `deleteRole(id: ${quoted(id)})`];
    },
  ],
  [
    'a session, by itself',
    async () => {
      const browser = await at.person('alice');
      const { sessions } = await browser.get('{ me { sessions { id current } } }');
      return [browser, `revokeSession(id: ${quoted(sessions.find((each: { current: boolean }) => each.current).id)})`];
    },
  ],
  ['a member of the tenant', async () => [admin, `removeTenantMember(userId: ${quoted(bobId)})`]],
  [
    'a membership of the tenant, by its person',
    async () => [await at.person('alice'), `leaveTenant(id: ${quoted(tenantId)})`],
  ],
];

test.each(endings)('%s answers whatever is asked of it when it is gone', async (_, end) => {
  const [browser, call] = await end();
  const { data, errors } = await browser.ask(withEverything(call));
  expect(errors).toEqual([]);
  const thing = Object.values(data)[0] as { id?: string };
  expect(thing.id).toEqual(expect.any(String));
});
