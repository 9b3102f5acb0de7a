import { isUuid } from '@polity/kernel/ids';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

let at: GatewayWorld;
beforeAll(async () => {
  at = await startGatewayWorld();
});
afterAll(() => at?.close());

// Whatever an administrator sees of most kinds of things.
const EVERYTHING = `{
  me { ...thing tenantMemberships { ...thing } sessions { ...thing }
    communities { edges { node { ...thing members { edges { node { ...thing user { ...thing } } } } teams { edges { node { ...thing } } } } } } }
  tenant { ...thing members { edges { node { ...thing } } } }
  posts { edges { node { ...thing scope { ...thing } author { ...thing } } } }
  roles { edges { node { ...thing permissions { ...thing } } } }
  roleBindings { edges { node { ...thing scope { ...thing } role { ...thing } } } }
  auditLog { edges { node { ...thing } } }
  accessChanges { edges { node { ...thing } } }
  loggedDecisions { edges { node { ...thing } } }
} fragment thing on Node { __typename id }`;

interface Thing {
  __typename: string;
  id: string;
}

/** Every object of an answer that has an id. */
function thingsIn(value: unknown): Thing[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(thingsIn);
  return 'id' in value ? [value as Thing, ...inside] : inside;
}

describe('things of the graph', () => {
  it('are Nodes whichever subgraph names them, and no two of them have the same id', async () => {
    const admin = await at.person('admin');
    await admin.ask('mutation { archiveCommunity(id: "01890000-0000-7000-8000-000000000000") { id } }');
    const { data, errors } = await admin.ask(EVERYTHING);
    expect(errors).toEqual([]);
    const things = thingsIn(data);
    expect(things.filter(({ id }) => !isUuid(id))).toEqual([]);
    const types = Map.groupBy(things, ({ id }) => id);
    const shared = [...types.values()].filter((same) => new Set(same.map(({ __typename }) => __typename)).size > 1);
    expect(shared).toEqual([]);
    const kinds = new Set(things.map(({ __typename }) => __typename));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining(['AccessChange', 'AuditEntry', 'Community', 'Post', 'RoleBinding', 'Session', 'User']),
    );
  });
});
