import type { GraphReply } from '@polity/kernel/graph/transport';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { type Answer, answers, executorOf } from './executor-of.ts';
import { federation } from './subgraphs.ts';
import { universe } from './universe.ts';

const graph = federation(universe(5));
const quiet = { warn() {}, error() {} };

/** An executor over the subgraphs with a fault, and the operations that reached them. */
async function world(fault: (name: string, reply: GraphReply, query: string) => GraphReply = (_name, reply) => reply) {
  const real = answers(graph);
  const sent: { name: string; query: string; entities: number }[] = [];
  const answer: Answer = async (name, request) => {
    const representations = Object.entries(request.variables ?? {}).filter(([key]) =>
      key.startsWith('representations'),
    );
    sent.push({ name, query: request.query, entities: representations.flatMap(([, list]) => list).length });
    return fault(name, await real(name, request), request.query);
  };
  return { ask: await executorOf(graph, answer, quiet), sent };
}

const entitiesOf = ({ data }: GraphReply): readonly unknown[] => (data?._entities ?? []) as unknown[];
const paths = ({ errors = [] }: { errors?: readonly { path?: readonly unknown[] | undefined }[] }) =>
  errors.map(({ path }) => path?.join('.'));

describe('fetches', () => {
  it('ask for an entity once, however often it stands in the answer, and once per subgraph for all paths of a step', async () => {
    const { ask, sent } = await world();
    const { data } = await ask(
      '{ a: users { id score } b: users { ident: id bestFriend { score } } user(id: "1") { score } }',
    );
    expect(data?.a).toHaveLength(5);
    expect(sent.map(({ name }) => name)).toEqual(['users', 'stock']);
    expect(new Set(sent[1]?.query.match(/_entities/g)).size).toBe(1);
    expect(sent[1]?.entities).toBeLessThanOrEqual(2 * 5);
  });

  it('ask for an entity once in a query, also where another fetch of the plan wants the same of it', async () => {
    const { ask, sent } = await world();
    const query = '{ topReview { author { email } product { price reviews { author { email } } } } }';
    const { data, errors } = await ask(query);
    expect(errors).toBeUndefined();
    const emails = sent.filter((fetch) => fetch.query.includes('email'));
    const people = new Set(JSON.stringify(data).match(/"email":"[^"]*"/g));
    expect(emails.reduce((sum, { entities }) => sum + entities, 0)).toBe(people.size);
    expect(JSON.stringify(data)).not.toContain('"email":null');
  });

  it('tell of a failed entity at each place, also where a later fetch of the plan wants it', async () => {
    const { ask } = await world((_name, reply, query) =>
      query.includes('email')
        ? {
            data: { _entities: entitiesOf(reply).map(() => null) },
            errors: entitiesOf(reply).map((_, index) => ({ message: 'no', path: ['_entities', index] })),
          }
        : reply,
    );
    const answer = await ask('{ topReview { author { id email } product { price reviews { author { id email } } } } }');
    const { topReview } = answer.data as { topReview: { product: { reviews: unknown[] } } };
    expect(paths(answer)).toEqual(
      expect.arrayContaining([
        'topReview.author',
        ...topReview.product.reviews.map((_, index) => `topReview.product.reviews.${index}.author`),
      ]),
    );
  });

  it('do not wait for what a skipped field requires', async () => {
    const { ask } = await world();
    const query = 'query ($yes: Boolean = true, $no: Boolean!) { products { inStock shipping @include(if: $no) } }';
    const [without, plainly] = [await ask(query, { no: false }), await ask('{ products { inStock } }')];
    expect(without.data).toEqual(plainly.data);
    expect((await ask(query, { no: true })).data?.products).toContainEqual(
      expect.objectContaining({ shipping: expect.any(Number) }),
    );
  });
});

describe('introspection', () => {
  const all = getIntrospectionQuery({
    ...{ oneOf: true, schemaDescription: true, specifiedByUrl: true },
    ...{ directiveIsRepeatable: true, inputValueDeprecation: true },
  });

  it('is answered whole and by nobody else, with fields of it that the planner has never heard of', async () => {
    const { ask, sent } = await world();
    const { data, errors } = await ask(all);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      __schema: { types: expect.arrayContaining([expect.objectContaining({ isOneOf: null })]) },
    });
    expect(buildClientSchema(data as never).getType('User')).toBeDefined();
    expect(sent).toEqual([]);
  });

  it('stands beside what subgraphs answer, in fragments and under conditions too', async () => {
    const { ask, sent } = await world();
    const query = `query ($name: String = "User", $no: Boolean!) {
      ...Both
      ... { gone: __schema @include(if: $no) { description } }
    }
    fragment Both on Query { ...Schema users { id } }
    fragment Schema on Query { __type(name: $name) { ...Type } }
    fragment Type on __Type { name isOneOf ofType { isOneOf } }`;
    const { data, errors } = await ask(query, { no: false });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      __type: { name: 'User', isOneOf: null, ofType: null },
      users: expect.arrayContaining([{ id: '1' }]),
    });
    expect(sent.map(({ name }) => name)).toEqual(['users']);
  });
});

describe('a null always has an error', () => {
  const both = '{ topReview { author { score } } products { inStock } }';

  it('where one part of a merged fetch fails whole, and takes the others with it', async () => {
    const message = 'a part failed';
    const { ask, sent } = await world((name, reply, query) =>
      name === 'stock' && query.includes('_1:')
        ? { data: null, errors: [{ message, path: ['_0'], extensions: { code: 'INTERNAL_ERROR' } }] }
        : reply,
    );
    const answer = await ask('{ users { score } user(id: "1") { points: score } }');
    expect(sent.filter(({ name }) => name === 'stock')).toHaveLength(1);
    expect(answer.data?.user).toBeNull();
    expect(paths(answer)).toEqual(expect.arrayContaining(['user', 'users.0']));
    expect(new Set(answer.errors?.map((error) => error.message))).toEqual(new Set([message]));
  });

  it('where a subgraph does not answer at all', async () => {
    const real = answers(graph);
    const ask = await executorOf(
      graph,
      async (name, request) => {
        if (name === 'stock') throw new Error('connect ECONNREFUSED 10.0.0.9');
        return real(name, request);
      },
      quiet,
    );
    const answer = await ask(both);
    expect(new Set(answer.errors?.map(({ extensions }) => extensions?.code))).toEqual(
      new Set(['SUBGRAPH_UNAVAILABLE']),
    );
    expect(paths(answer)).toContain('products.0');
    expect(JSON.stringify(answer)).not.toContain('10.0.0.9');
  });

  it('where a required field comes as null although no subgraph tells of an error', async () => {
    const { ask } = await world((name, reply) =>
      name === 'stock' ? { data: { _entities: entitiesOf(reply).map(() => ({ score: null })) } } : reply,
    );
    const answer = await ask('{ user(id: "1") { id score } }');
    expect(answer.data).toEqual({ user: null });
    expect(paths(answer)).toEqual(['user.score']);
    expect(answer.errors?.[0]?.extensions?.code).toBe('INTERNAL_ERROR');
  });

  it('but not where a subgraph says that there is no such entity', async () => {
    const { ask } = await world((name, reply) =>
      name === 'stock' ? { data: { _entities: entitiesOf(reply).map(() => null) } } : reply,
    );
    expect(await ask('{ user(id: "1") { id score } }')).toEqual({ data: { user: null } });
  });

  it('and each root field has one error, however often it is written', async () => {
    const { ask } = await world((name, reply) =>
      name === 'users' ? { data: null, errors: [{ message: 'gone' }] } : reply,
    );
    const answer = await ask('{ users { id } users { name } library { id } }');
    expect(paths(answer)).toEqual(['users', 'library']);
  });
});
