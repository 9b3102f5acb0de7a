import { isUuid, uuidv7 } from '../ids.ts';
import { anonymous, type Viewer } from '../request/context.ts';
import { ownEntities } from './calls.ts';
import type { Shared } from './suites.ts';
import { answersAlike } from './tenancy-suite.ts';

const MANY = 20;

const referenceTo = (typeName: string) =>
  `query ($references: [_Any!]!) { _entities(representations: $references) { ... on ${typeName} { id } } }`;

/** References are answered as nodes are, many of them in one statement; what is hidden is as missing to them and to every field. */
export function referenceSuite(shared: Shared): void {
  const { nouns, apart = {}, subgraph, statements = {}, atRest } = shared.domain;

  it('are told of every entity of the contract', () => {
    expect([...Object.keys(nouns), ...Object.keys(apart)].sort()).toEqual(ownEntities(subgraph.typeDefs).sort());
  });

  const resolve = (viewer: Viewer, typeName: string, ids: readonly string[], tenantId = shared.test.tenantId) => {
    const references = ids.map((id) => ({ __typename: typeName, id }));
    return shared.test.get<unknown[]>(viewer, referenceTo(typeName), { references }, { tenantId });
  };

  const names = Object.keys(nouns);
  if (names.length === 0) return;
  it.each(names)('to %s cost one statement, however many there are', async (typeName) => {
    const { test, owner } = shared;
    const made: { id: string }[] = [];
    for (let n = 0; n < MANY; n++) made.push(await nouns[typeName]!.make(test, owner));
    expect(new Set(made.map(({ id }) => id)).size).toBe(MANY);
    const references = made.map(({ id }) => ({ __typename: typeName, id }));
    expect(
      await resolve(
        owner,
        typeName,
        made.map(({ id }) => id),
      ),
    ).toEqual(made.map(({ id }) => ({ id })));
    await atRest?.(test);
    const cost = await test.statementsOf(owner, referenceTo(typeName), { references });
    expect(cost).toHaveLength(statements[typeName] ?? 1);
  });

  it.each(names)('to %s are null for what is missing, and for what is no id', async (typeName) => {
    const ids = [uuidv7(), 'nonsense', ''];
    expect(ids.filter(isUuid)).toHaveLength(1);
    expect(await resolve(shared.owner, typeName, ids)).toEqual([null, null, null]);
  });

  it.each(names)('to %s are null in another tenant', async (typeName) => {
    const { test, owner } = shared;
    const { id } = await nouns[typeName]!.make(test, owner);
    const there = await test.tenant();
    for (const viewer of [anonymous, await test.person('tenant.owner', there)])
      expect(await resolve(viewer, typeName, [id], there)).toEqual([null]);
  });

  const hiding = names.filter((name) => nouns[name]?.hidden);
  if (hiding.length === 0) return;
  describe.each(hiding)('to a %s that is hidden', (typeName) => {
    let id: string;
    let others: Record<'stranger' | 'outsider' | 'nobody', Viewer>;
    beforeAll(async () => {
      const { test, owner } = shared;
      ({ id } = await nouns[typeName]!.hidden!(test, owner));
      others = { stranger: await test.person(), outsider: await test.person(null), nobody: anonymous };
    });

    it('are null for strangers and nobody, and answered to its owner', async () => {
      for (const viewer of Object.values(others)) expect(await resolve(viewer, typeName, [id])).toEqual([null]);
      expect(await resolve(shared.owner, typeName, [id])).toEqual([{ id }]);
    });

    it.each(shared.fields.filter(({ takesId, name }) => takesId && !name.startsWith('_')))(
      'are as useless to $root $name as what is missing',
      async (field) => {
        for (const viewer of [others.stranger, others.nobody])
          await answersAlike(shared, field, viewer, { type: 'COMMUNITY', id }, shared.test.tenantId);
      },
    );
  });
}
