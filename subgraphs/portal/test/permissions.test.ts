import { guardRules } from '@polity/kernel/graph/guard-rules';
import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, serviceViewer } from '@polity/kernel/request/context';
import { isObjectType } from 'graphql';
import { access } from '../src/access.ts';
import { portal as subgraph } from '../src/subgraph.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

const id = uuidv7();
const scope = `{ type: COMMUNITY, id: "${id}" }`;

/** A well-formed call of every root field about something that does not exist. */
const queries: Record<string, string> = {
  community: `community(id: "${id}") { id }`,
  communities: 'communities { edges { cursor } }',
  team: `team(id: "${id}") { id }`,
  post: `post(id: "${id}") { id }`,
  posts: 'posts { edges { cursor } }',
  navigation: 'navigation { key }',
};
const mutations: Record<string, string> = {
  createCommunity: 'createCommunity(input: { slug: "nobody", name: "Nobody" }) { id }',
  updateCommunity: `updateCommunity(id: "${id}", input: {}) { id }`,
  archiveCommunity: `archiveCommunity(id: "${id}") { id }`,
  joinCommunity: `joinCommunity(id: "${id}") { id }`,
  leaveCommunity: `leaveCommunity(id: "${id}") { id }`,
  inviteToCommunity: `inviteToCommunity(communityId: "${id}", userId: "${id}") { id }`,
  approveMembership: `approveMembership(communityId: "${id}", userId: "${id}") { id }`,
  removeFromCommunity: `removeFromCommunity(communityId: "${id}", userId: "${id}") { id }`,
  setCommunityRole: `setCommunityRole(communityId: "${id}", userId: "${id}", roleKey: "portal.member") { id }`,
  createTeam: `createTeam(input: { communityId: "${id}", slug: "nobody", name: "Nobody" }) { id }`,
  updateTeam: `updateTeam(id: "${id}", input: {}) { id }`,
  deleteTeam: `deleteTeam(id: "${id}") { id }`,
  addToTeam: `addToTeam(teamId: "${id}", userId: "${id}") { id }`,
  removeFromTeam: `removeFromTeam(teamId: "${id}", userId: "${id}") { id }`,
  createPost: `createPost(input: { scope: ${scope}, title: "T", body: "B" }) { id }`,
  updatePost: `updatePost(id: "${id}", input: {}) { id }`,
  deletePost: `deletePost(id: "${id}") { id }`,
  setModule: `setModule(scope: ${scope}, key: "posts", enabled: true) { key }`,
};

const rules = guardRules(subgraph.typeDefs);

describe('the guards', () => {
  it('stand at every type and every root field that is served', () => {
    const types = Object.values(portal.world.subgraph('portal').schema.getTypeMap()).filter(isObjectType);
    const own = types.filter(({ name }) => !/^_|^PageInfo$/.test(name));
    expect(Object.keys(rules).sort()).toEqual([...own.map(({ name }) => name), 'PageInfo'].sort());
    for (const root of ['Query', 'Mutation']) {
      const type = types.find(({ name }) => name === root);
      const fields = Object.keys(type?.getFields() ?? {}).filter((name) => !name.startsWith('_'));
      expect(Object.keys(rules[root] ?? {}).sort()).toEqual(fields.sort());
    }
  });

  it('are tried in full below', () => {
    expect(Object.keys(queries).sort()).toEqual(Object.keys(rules.Query ?? {}).sort());
    expect(Object.keys(mutations).sort()).toEqual(Object.keys(rules.Mutation ?? {}).sort());
  });
});

describe.each(Object.entries(queries))('the query %s', (_, call) => {
  it('answers everyone, without an error for what is not there', async () => {
    for (const viewer of [anonymous, await portal.person(null), await portal.person()]) {
      expect((await portal.ask(viewer, `{ ${call} }`)).errors).toBeUndefined();
    }
  });
});

describe.each(Object.entries(mutations))('the mutation %s', (name, call) => {
  it('is for people: others are refused at the door, and nothing tells what is missing from what is hidden', async () => {
    const mutation = `mutation { ${call} }`;
    expect(await portal.codeOf(anonymous, mutation)).toBe('UNAUTHENTICATED');
    expect(await portal.codeOf(serviceViewer('portal'), mutation)).toBe('FORBIDDEN');
    expect(await portal.codeOf({ ...anonymous, kind: 'application', id: uuidv7() }, mutation)).toBe('FORBIDDEN');
    if (name !== 'createCommunity') expect(await portal.codeOf(await portal.person(), mutation)).toBe('NOT_FOUND');
    else expect(await portal.codeOf(await portal.person(null), mutation)).toBe('FORBIDDEN');
  });
});

describe('the access declaration', () => {
  it('names no permission that no role grants', () => {
    const granted = new Set(access.roles.flatMap((role) => role.permissions));
    expect(access.permissions.map(({ code }) => code).filter((code) => !granted.has(code))).toEqual([]);
  });

  it('gives members of the tenant nothing that acts inside communities they have not joined', () => {
    const member = access.roles.find(({ key }) => key === 'tenant.member');
    expect(member?.permissions).toEqual(['portal.community.create', 'portal.community.join', 'portal.post.read']);
  });
});
