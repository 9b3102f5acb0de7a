import type { ScopeRef } from '../access/tree.ts';
import { buildSchema } from '../graph/schema.ts';
import { uuidv7 } from '../ids.ts';
import type { Viewer } from '../request/context.ts';
import { callOf, leavesOf, type RootField } from './calls.ts';
import type { Person } from './dialect.ts';
import type { Shared } from './suites.ts';
import { takeDownRowSecurity, takeDownTenantFilters, unsecuredTables } from './walls.ts';

/** All that a field answers about one thing, with the id of that thing taken out. */
async function answerAbout(shared: Shared, field: RootField, viewer: Viewer, target: ScopeRef, tenantId: string) {
  const [query, variables] = callOf(field, { target, userId: shared.owner.id, named: shared.domain.samples ?? {} });
  const { data, errors } = await shared.test.ask(viewer, query, variables, { tenantId });
  const refused = errors?.map(({ message, extensions }) => [message, extensions?.code, extensions?.details]);
  return JSON.stringify({ data, refused }).replaceAll(target.id, 'ID');
}

/** Fails where a field answers about this thing in another way than about what nobody has, or does not even get so far. */
export async function answersAlike(
  shared: Shared,
  field: RootField,
  viewer: Viewer,
  target: ScopeRef,
  tenantId: string,
): Promise<void> {
  const missing = await answerAbout(shared, field, viewer, { ...target, id: uuidv7() }, tenantId);
  expect(missing).not.toMatch(/VALIDATION_ERROR|INTERNAL_ERROR/);
  expect(await answerAbout(shared, field, viewer, target, tenantId)).toBe(missing);
}

interface Foreign {
  there: string;
  foreigner: Person;
  things: ScopeRef[];
  /** The things as their owner sees them. */
  look(): Promise<unknown>;
}

/** Something of everything in the tenant, and somebody who may do anything in another one. */
async function sceneOf({ domain, test, owner }: Shared): Promise<Foreign> {
  const there = await test.tenant();
  const made: { typeName: string; id: string }[] = [];
  for (const [typeName, noun] of Object.entries(domain.nouns))
    made.push({ typeName, id: (await noun.make(test, owner)).id });
  const foreigner = await test.person('tenant.owner', there);
  const schema = buildSchema(domain.subgraph);
  const look = () =>
    Promise.all(
      made.map(({ typeName, id }) =>
        test.get(
          owner,
          `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${typeName} { ${leavesOf(schema, typeName)} } } }`,
          { r: [{ __typename: typeName, id }] },
        ),
      ),
    );
  const kinds = ['COMMUNITY', 'TEAM'] as const;
  const things = made.flatMap(({ id }) => kinds.map((type) => ({ type, id })));
  return { there, foreigner, look, things: [...things, { type: 'TENANT', id: test.tenantId }] };
}

/** Tenants do not meet, whichever of the two walls between them is down. */
export function tenancySuite(shared: Shared): void {
  const open = shared.fields.filter(({ name, guard }) => !name.startsWith('_') && guard.who !== 'SERVICE');
  const withId = open.filter(({ takesId }) => takesId);
  const lists = open.filter(({ takesId, root }) => !takesId && root === 'query');
  const walls: [string, () => Promise<() => Promise<void>>][] = [
    ['both walls', async () => async () => undefined],
    ['row level security alone', async () => takeDownTenantFilters(shared.test.world)],
    ['queries alone', () => takeDownRowSecurity(shared.test.world, shared.domain.subgraph.name)],
  ];

  it('has a second wall at every table that holds rows of tenants', async () => {
    const { subgraph, unsecured = [] } = shared.domain;
    expect(await unsecuredTables(shared.test.world, subgraph.name)).toEqual(unsecured);
  });

  describe.each(walls)('behind %s', (_, takeDown) => {
    let scene: Foreign;
    let putBack: () => Promise<void>;
    beforeAll(async () => {
      scene = await sceneOf(shared);
      putBack = await takeDown();
    });
    afterAll(() => putBack?.());

    if (withId.length > 0)
      it.each(withId)('$root $name answers about what another tenant has as about what nobody has', async (field) => {
        const { things, foreigner, there, look } = scene;
        const before = await look();
        for (const target of things) await answersAlike(shared, field, foreigner, target, there);
        expect(await look()).toEqual(before);
      });

    if (lists.length > 0)
      it.each(lists)('$name shows nothing of another tenant', async (field) => {
        const { things, foreigner, there } = scene;
        const answer = await answerAbout(shared, field, foreigner, { type: 'TENANT', id: there }, there);
        expect(things.filter(({ id }) => answer.includes(id))).toEqual([]);
      });
  });
}
