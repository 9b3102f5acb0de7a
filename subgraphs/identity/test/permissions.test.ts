import { guardRules } from '@polity/kernel/graph/guard-rules';
import { operatorFields } from '@polity/kernel/graph/operator-fields';
import { anonymous, serviceViewer } from '@polity/kernel/testing/harness';
import { isObjectType } from 'graphql';
import { identity } from '../src/subgraph.ts';
import { aPerson, aTenant, codesOf, type IdentityWorld, startIdentity } from './harness.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentity();
});
afterAll(() => world.close());

test('every root field that is served has its own guard', () => {
  const [own, added] = [identity, operatorFields(() => null)].map(({ typeDefs }) => guardRules(typeDefs));
  const { schema } = world.subgraph('identity');
  for (const root of ['Query', 'Mutation']) {
    const type = schema.getType(root);
    const fields = isObjectType(type)
      ? Object.keys(type.getFields()).filter((field) => !['_entities', '_service'].includes(field))
      : [];
    expect(Object.keys({ ...own?.[root], ...added?.[root] }).sort()).toEqual(fields.sort());
  }
});

const PEOPLE_ONLY = {
  users: '{ users { edges { cursor } } }',
  auditLog: '{ auditLog { edges { cursor } } }',
  changePassword: 'mutation { changePassword(currentPassword: "a", newPassword: "b") }',
  changeEmail: 'mutation { changeEmail(newEmail: "a@b.test") }',
  updateAccount: 'mutation { updateAccount(input: {}) { id } }',
  deleteAccount: 'mutation { deleteAccount(password: "a") }',
  createTenant: 'mutation { createTenant(input: { slug: "abc", name: "Abc" }) { id } }',
  updateTenant: 'mutation { updateTenant(input: {}) { id } }',
  joinTenant: 'mutation { joinTenant(slug: "abc") { status } }',
  leaveTenant: 'mutation { leaveTenant(id: "a") { id } }',
  removeTenantMember: 'mutation { removeTenantMember(userId: "b") { id } }',
  suspendUser: 'mutation { suspendUser(id: "a", reason: "r") { id } }',
  reinstateUser: 'mutation { reinstateUser(id: "a") { id } }',
  startPasswordReset: 'mutation { startPasswordReset(userId: "a") }',
};

test.each(Object.entries(PEOPLE_ONLY))('%s is for people who are signed in', async (_, query) => {
  expect(codesOf(await world.gql(anonymous, query))).toEqual(['UNAUTHENTICATED']);
  expect(codesOf(await world.gql({ ...anonymous, kind: 'application', id: 'app' }, query))).toEqual(['FORBIDDEN']);
});

test.each(['{ _tenant(slug: "demo") { id } }', '{ _isTenantMember(userId: "a") }'])(
  '%s is for services',
  async (query) => {
    await aTenant(world);
    const { viewer } = await aPerson(world);
    expect(codesOf(await world.gql(viewer, query))).toEqual(['FORBIDDEN']);
    expect(codesOf(await world.gql(anonymous, query))).toEqual(['FORBIDDEN']);
    expect(codesOf(await world.gql(serviceViewer('gateway'), query))).toEqual([]);
  },
);

test('me is null for somebody who is not signed in, without an error', async () => {
  expect(await world.gql(anonymous, '{ me { id } }')).toMatchObject({ data: { me: null } });
});
