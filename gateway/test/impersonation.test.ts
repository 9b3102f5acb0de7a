import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const IMPERSONATE =
  'mutation ($id: ID!) { impersonate(id: $id, reason: "ticket 7") { user { id username displayName } } }';
const CREATE_TENANT = 'mutation ($input: CreateTenantInput!) { createTenant(input: $input) { id } }';
const ME = '{ me { id } tenant { id slug } }';

let at: GatewayWorld;
let otherTenantId: string;
const ids: Record<string, string> = {};

const idOf = async (name: 'admin' | 'alice' | 'bob') => (await (await at.person(name)).get(ME)).id as string;

/** Gives alice the right to act as others, and no other right of an administrator. */
async function makeSupport(root: Browser, tenantId: string): Promise<void> {
  await root.get('mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }', {
    input: {
      key: 'support.agent',
      name: 'Support',
      scopeType: 'TENANT',
      permissions: ['identity.user.impersonate', 'identity.user.read'],
    },
  });
  await bindSupport(root, tenantId);
}

const bindSupport = (root: Browser, tenantId: string) =>
  root.get('mutation ($input: BindRoleInput!) { bindRole(input: $input) { id } }', {
    input: { userId: ids.alice, roleKey: 'support.agent', scope: { type: 'TENANT', id: tenantId } },
  });

beforeAll(async () => {
  at = await startGatewayWorld();
  for (const name of ['admin', 'alice', 'bob'] as const) ids[name] = await idOf(name);
  const bob = await at.person('bob');
  otherTenantId = (await bob.get(CREATE_TENANT, { input: { slug: 'bobs', name: 'Of Bob' } })).id;
  const root = await at.person('root');
  await makeSupport(root, (await root.get('{ tenant { id } }')).id);
});
afterAll(() => at?.close());

async function actingAsBob(): Promise<Browser> {
  const alice = await at.person('alice');
  expect((await alice.get(IMPERSONATE, { id: ids.bob })).user.id).toBe(ids.bob);
  expect((await alice.get(ME)).id).toBe(ids.bob);
  return alice;
}

describe('acting as somebody else', () => {
  it('needs the permission, and is no way to rights that the actor does not hold', async () => {
    const admin = await at.person('admin');
    expect((await admin.ask(IMPERSONATE, { id: ids.bob })).codes).toEqual(['FORBIDDEN']);
    const alice = await at.person('alice');
    expect((await alice.ask(IMPERSONATE, { id: ids.admin })).codes).toEqual(['FORBIDDEN']);
    expect((await alice.get(ME)).id).toBe(ids.alice);
  });

  it('stays in the tenant whose administrators allowed it', async () => {
    const acting = await actingAsBob();
    expect((await acting.ask(ME, {}, { 'x-tenant': 'bobs' })).codes).toEqual(['TENANT_MISMATCH']);
    expect((await acting.ask('mutation { switchTenant(slug: "bobs") { slug } }')).codes).toEqual(['FORBIDDEN']);
    const elsewhere = at.browser('bobs.localhost:4000');
    elsewhere.cookie = acting.cookie;
    expect((await elsewhere.ask(ME)).codes).toEqual(['TENANT_MISMATCH']);
  });

  it('begins within the operation that asks for it, with all that it may not do', async () => {
    const alice = await at.person('alice');
    const both = IMPERSONATE.replace(
      ' } }',
      ' } } updateAccount(input: { displayName: "Mallory" }) { id } createTenant(input: { slug: "stolen", name: "Stolen" }) { id }',
    );
    const { data, codes } = await alice.ask(both, { id: ids.bob });
    expect(data).toMatchObject({ impersonate: { user: { id: ids.bob } }, updateAccount: null, createTenant: null });
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it.each([
    ['mutation ($id: ID!) { leaveTenant(id: $id) { id } }'],
    ['mutation { deleteAccount }'],
    ['mutation ($id: ID!) { revokeSession(id: $id) { id } }'],
    ['mutation { createTenant(input: { slug: "acted", name: "Acted" }) { id } }'],
    ['mutation { joinTenant(slug: "bobs") { status } }'],
    ['{ personalTokens { edges { cursor } } }'],
    ['{ consents { edges { cursor } } }'],
  ])('reaches nothing of the account itself: %s', async (query) => {
    const acting = await actingAsBob();
    expect((await acting.ask(query, { id: otherTenantId })).codes).toEqual(['FORBIDDEN']);
  });

  it('does not show where else the person belongs, how they sign in, and where they are signed in', async () => {
    const acting = await actingAsBob();
    const me = await acting.get('{ me { tenantMemberships { tenant { slug } } sessions { id } passkeys { id } } }');
    expect(me).toEqual({ tenantMemberships: null, sessions: null, passkeys: null });
  });

  it('is named where one service has another do something, too', async () => {
    const root = await at.person('root');
    const input = { slug: 'open-house', name: 'Open house', visibility: 'PUBLIC' };
    const { id } = await root.get(
      'mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }',
      {
        input,
      },
    );
    const acting = await actingAsBob();
    await acting.get('mutation ($id: ID!) { joinCommunity(id: $id) { status } }', { id });
    const changes = await root.get(
      '{ accessChanges(last: 20) { edges { node { kind scopeId user { id } actor { id } } } } }',
    );
    const bound = changes.edges.map(({ node }: { node: { scopeId: string | null } }) => node);
    expect(bound).toContainEqual({
      kind: 'BINDING_CREATED',
      scopeId: id,
      user: { id: ids.bob },
      actor: { id: ids.alice },
    });
  });

  it('ends with the right to it, at once, and after an hour in any case', async () => {
    const acting = await actingAsBob();
    at.world.clock.advance(29 * 60_000);
    expect((await acting.get(ME)).id).toBe(ids.bob);
    at.world.clock.advance(29 * 60_000);
    expect((await acting.get(ME)).id).toBe(ids.bob);
    at.world.clock.advance(3 * 60_000);
    expect(await acting.get('{ me { id } }')).toBeNull();

    const again = await actingAsBob();
    const root = await at.person('root');
    const bindings = '{ roleBindings { edges { node { id role { key } } } } }';
    const { edges } = await root.get(bindings);
    const { node } = edges.find((edge: { node: { role: { key: string } } }) => edge.node.role.key === 'support.agent');
    await root.get('mutation ($id: ID!) { unbindRole(id: $id) { id } }', { id: node.id });
    expect((await again.ask(ME)).codes).toEqual(['FORBIDDEN']);
    expect(await again.get('mutation { signOut }')).toBe(true);
    await bindSupport(root, (await root.get('{ tenant { id } }')).id);
  });

  it('ends with a sign-out, which is the only act on the session that is left', async () => {
    const acting = await actingAsBob();
    expect(await acting.get('mutation { signOut }')).toBe(true);
    expect(await acting.get('{ me { id } }')).toBeNull();
  });
});
