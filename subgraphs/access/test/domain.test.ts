import { uuidv7 } from '@polity/kernel/ids';
import { openSubgraph, type Person, registerScope, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { domainSuites } from '@polity/kernel/testing/suites';
import { access } from '../src/subgraph.ts';
import { register, settled, shop } from './factories.ts';

const CREATE_ROLE = 'mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }';
const BIND = 'mutation ($input: BindRoleInput!) { bindRole(input: $input) { id } }';
const OVERRIDE = 'mutation ($input: PolicyOverrideInput!) { setPolicyOverride(input: $input) { id } }';

interface Node {
  id: string;
}

const aRoleInput = () => ({
  key: `club.r${uuidv7().slice(-12)}`,
  name: 'Role',
  scopeType: 'COMMUNITY',
  permissions: [],
});

async function aCommunity(test: TestSubgraph) {
  const id = uuidv7();
  await registerScope(test.world, 'COMMUNITY', id, test.tenantId, test.tenantId);
  return { type: 'COMMUNITY', id };
}

async function aBinding(test: TestSubgraph, owner: Person): Promise<Node> {
  const input = { userId: (await test.person()).id, roleKey: 'shop.buyer', scope: await aCommunity(test) };
  return test.get(owner, BIND, { input });
}

async function anOverride(test: TestSubgraph, owner: Person): Promise<Node> {
  const of = { permission: 'shop.order.place', effect: 'DENY', reason: 'test' };
  const input = { ...of, userId: (await test.person()).id, scope: await aCommunity(test) };
  return test.get(owner, OVERRIDE, { input });
}

domainSuites({
  subgraph: access,
  async open() {
    const test = await openSubgraph(access, { beside: [] });
    await register(test.world, 'shop', shop);
    return test;
  },
  atRest: ({ world }) => settled(world),
  nouns: {
    Role: { make: (test, owner) => test.get(owner, CREATE_ROLE, { input: aRoleInput() }) },
    RoleBinding: { make: aBinding, hidden: aBinding },
    PolicyOverride: { make: anOverride, hidden: anOverride },
  },
  // Each with its scope.
  statements: { RoleBinding: 2, PolicyOverride: 2 },
  ungranted: ['access.flag.manage'],
  // Read by the tenant of the request alone, and while none is set.
  unsecured: ['tenant_version'],
  samples: {
    permission: 'shop.order.place',
    permissions: ['shop.order.place'],
    roleKey: 'shop.buyer',
    key: 'club.sample',
  },
  races: {
    createRole: {
      async prepare(test) {
        const [owner, input] = [await test.person('tenant.owner'), aRoleInput()];
        return () => test.ask(owner, CREATE_ROLE, { input });
      },
      wins: 1,
      code: 'ALREADY_EXISTS',
    },
    bindRole: {
      async prepare(test) {
        const owner = await test.person('tenant.owner');
        const input = { userId: (await test.person()).id, roleKey: 'shop.buyer', scope: await aCommunity(test) };
        return () => test.ask(owner, BIND, { input });
      },
      wins: 20,
    },
  },
});
