import { getNamedType, isObjectType, isRequiredArgument } from 'graphql';
import { buildSchema } from '../graph/schema.ts';
import { uuidv7 } from '../ids.ts';
import { anonymous, serviceViewer, type Viewer } from '../request/context.ts';
import type { Noun, Shared } from './suites.ts';
import { onDatabase } from './walls.ts';

const HIDE =
  'mutation ($type: String!, $id: ID!, $hidden: Boolean!) { _hideContent(type: $type, id: $id, hidden: $hidden) }';
const READ = 'query ($type: String!, $ids: [ID!]!) { _content(type: $type, ids: $ids) }';
const asService = serviceViewer('test');

// What has an author and a visibility is written by people.
const WRITTEN = `select table_name as name from information_schema.columns where table_schema = 'public'
  and column_name in ('author_id', 'visibility') group by 1 having count(*) = 2`;

/** The types that people write are declared, and what is hidden is missing for all but its author and those who manage there. */
export function contentSuite(shared: Shared): void {
  const { subgraph, nouns } = shared.domain;
  const types = subgraph.content ?? [];
  const schema = buildSchema(subgraph);

  it('has every table that people write', async () => {
    const written = await onDatabase<{ name: string }[]>(shared.test.world, subgraph.name, (ask) => ask(WRITTEN));
    const declared = types.map(({ table }) => table);
    expect(written.map(({ name }) => name).filter((name) => !declared.includes(name))).toEqual([]);
  });

  if (types.length === 0) return;

  /** Whether a viewer finds the thing: by reference, by each field that takes an id, and in each list that takes nothing. */
  async function found(viewer: Viewer, typeName: string, id: string): Promise<string[]> {
    const ways: string[] = [];
    const reference = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const { data } = await shared.test.ask(viewer, reference, { r: [{ __typename: typeName, id }] });
    if (((data?._entities ?? []) as unknown[])[0]) ways.push('_entities');
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      const { name: returned } = getNamedType(field.type);
      const required = field.args.filter(isRequiredArgument).map(({ name }) => name);
      const byId = returned === typeName && field.args.some(({ name }) => name === 'id');
      if (!byId && !(returned === `${typeName}Connection` && required.length === 0)) continue;
      const query = byId
        ? `query ($id: ID!) { it: ${field.name}(id: $id) { id } }`
        : `{ it: ${field.name}(first: 100) { edges { node { id } } } }`;
      const reply = await shared.test.ask(viewer, query, byId ? { id } : {});
      if (JSON.stringify(reply.data?.it ?? null).includes(id)) ways.push(field.name);
    }
    return ways.sort();
  }

  it.each(types.map(({ type }) => type))(
    'hides one %s from all but its author and those who manage, and restores it',
    async (type) => {
      expect(isObjectType(schema.getType(type))).toBe(true);
      const noun = nouns[type] as Noun;
      const [author, manager, reader] = [
        await shared.test.person('tenant.owner'),
        shared.owner,
        await shared.test.person(),
      ];
      const { id } = await noun.make(shared.test, author);
      const hide = (hidden: boolean) => shared.test.get(asService, HIDE, { type, id, hidden });
      const everywhere = await found(author, type, id);
      expect(everywhere.length).toBeGreaterThan(1);
      const others = [reader, anonymous, asService];
      const before = await Promise.all(others.map((viewer) => found(viewer, type, id)));
      expect(before[0]).toEqual(everywhere);
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => hide(true)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await Promise.all(others.map((viewer) => found(viewer, type, id)))).toEqual([[], [], []]);
      for (const viewer of [author, manager]) expect(await found(viewer, type, id)).toEqual(everywhere);
      expect(await hide(false)).toBe(true);
      expect(await Promise.all(others.map((viewer) => found(viewer, type, id)))).toEqual(before);
    },
  );

  it.each(types)(
    'reads one $type with its author, place and texts, and says whether it is hidden',
    async ({ type, texts }) => {
      const { id } = await (nouns[type] as Noun).make(shared.test, shared.owner);
      await shared.test.get(asService, HIDE, { type, id, hidden: true });
      const [content, ...more] = await shared.test.get<Record<string, unknown>[]>(asService, READ, {
        type,
        ids: [id, uuidv7(), 'x'],
      });
      expect(more).toEqual([]);
      expect(content).toMatchObject({ id, authorId: shared.owner.id, hidden: true });
      expect(Object.keys((content as { texts: object }).texts).sort()).toEqual(Object.keys(texts).sort());
      expect(
        await shared.test.get(asService, READ, { type, ids: [id] }, { tenantId: await shared.test.tenant() }),
      ).toEqual([]);
    },
  );

  it('is asked by services only, about things that are there', async () => {
    const type = types.map((each) => each.type)[0] as string;
    const missing = { type, id: uuidv7(), hidden: true };
    expect(await shared.test.codeOf(shared.owner, HIDE, missing)).toBe('FORBIDDEN');
    expect(await shared.test.codeOf(shared.owner, READ, { type, ids: [] })).toBe('FORBIDDEN');
    expect(await shared.test.codeOf(asService, HIDE, missing)).toBe('NOT_FOUND');
    expect(await shared.test.codeOf(asService, HIDE, { ...missing, type: 'Nothing' })).toBe('NOT_FOUND');
  });
}
