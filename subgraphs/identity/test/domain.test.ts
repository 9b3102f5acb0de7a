import { dialect, giveRole, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { domainSuites } from '@polity/kernel/testing/suites';
import { identity } from '../src/subgraph.ts';
import { aPerson, aTenant, startIdentity } from './harness.ts';

const CREATE_TENANT = 'mutation ($input: CreateTenantInput!) { createTenant(input: $input) { id } }';
const REGISTER =
  'mutation ($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } } }';
const APPLICATION = { name: 'Notes', redirectUris: ['https://notes.example/cb'], scopes: ['openid'] };

/** People and tenants of identity are made as people make them. */
async function open(): Promise<TestSubgraph> {
  const world = await startIdentity();
  const { id: tenantId } = await aTenant(world);
  async function within<Result>(id: string | null, work: () => Promise<Result>): Promise<Result> {
    world.tenantId = id;
    try {
      return await work();
    } finally {
      world.tenantId = tenantId;
    }
  }
  return {
    world,
    tenantId,
    ...dialect(world, 'identity'),
    tenant: () => within(null, async () => (await aTenant(world)).id),
    person: (roleKey = 'tenant.member', at = tenantId) =>
      within(roleKey === null ? null : at, async () => {
        const { id, viewer } = await aPerson(world);
        if (roleKey === 'tenant.owner') await giveRole(world, id, roleKey, { type: 'TENANT', id: at }, at);
        return viewer as Person;
      }),
  };
}

domainSuites({
  subgraph: identity,
  open,
  nouns: {
    User: { make: (test) => test.person() },
    Application: {
      // Each by somebody else, since one person may not register many in an hour.
      async make(test) {
        const input = { input: APPLICATION };
        const made = await test.get<{ application: { id: string } }>(await test.person(), REGISTER, input);
        return made.application;
      },
    },
  },
  ungranted: ['identity.user.impersonate'],
  // A person's own, whichever tenant it is for, and what a program shows before anybody knows of which tenant it is.
  unsecured: ['personal_token', 'registration_token', 'upstream_link'],
  apart: { Tenant: 'it is the tenant of the request, or one of the viewer: references.test.ts' },
  races: {
    createTenant: {
      async prepare(test) {
        const people: Person[] = [];
        for (let n = 0; n < 20; n++) people.push(await test.person(null));
        return (n) =>
          test.ask(people[n]!, CREATE_TENANT, { input: { slug: 'raced', name: 'Raced', signUpPolicy: 'OPEN' } });
      },
      wins: 1,
      code: 'ALREADY_EXISTS',
    },
  },
});
