import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { getIntrospectionQuery } from 'graphql';
import { openApart, type TargetApart } from './apart.ts';
import { costliestDocument } from './search.ts';
import { graphql, SECONDS, SEED } from './target.ts';

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);

let target: TargetApart;
beforeAll(async () => {
  target = await openApart();
});
afterAll(() => target?.close());

const times = (count: number, make: (index: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);
const inFragments = (depth: number, inside: string) => `${'... { '.repeat(depth)}${inside}${' }'.repeat(depth)}`;
const chain = (length: number, each: (index: number) => string) =>
  `${times(length, (i) => `fragment F${i} on Query { ${each(i)} ...F${i + 1} }`)} fragment F${length} on Query { __typename }`;

/** Documents that are refused: what stopped the gateway once, and what each rule of validation is slow at. New in every run. */
const REFUSED: Record<string, (run: number) => string> = {
  '150 nested inline fragments over 150 fields with an argument': (run) =>
    `{ ${inFragments(
      150,
      times(150, () => `user(id: "${run}") { id }`),
    )} }`,
  'one field 1,240 times': (run) => `{ ${times(1_240, () => 'me { id }')} r${run}: __typename }`,
  '1,600 nested inline fragments': (run) => `{ r${run}: __typename ${inFragments(1_600, '__typename')} }`,
  'objects 2,000 deep': (run) => `{ r${run}: user(id: ${'{ a: '.repeat(2_000)}`,
  'fragments that double 300 times': (run) =>
    `query R${run} { ...F0 } ${times(300, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F300 on Query { __typename }`,
  'fragments below __schema that double 30 times': (run) =>
    `query R${run} { __schema { ...F0 } } ${times(30, (i) => `fragment F${i} on __Schema { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on __Schema { description }`,
  'a ring of 500 fragments': (run) =>
    `query R${run} { ...F0 } ${times(500, (i) => `fragment F${i} on Query { ...F${(i + 1) % 500} }`)}`,
  '25 operations over 300 fragments with 300 variables': (run) =>
    `${times(25, (o) => `query R${run}_${o} { ${times(10, (i) => `...F${i * 30}`)} }`)} ${times(300, (i) => `fragment F${i} on Query { user(id: $v${i}) { id } }`)}`,
  '700 fragments that nobody spreads': (run) =>
    `query R${run} { __typename } ${times(620, (i) => `fragment F${i} on Query { __typename }`)}`,
  '1,000 unknown fields': (run) => `{ r${run} ${times(1_000, (i) => `unknown${i} { id }`)} }`,
  '1,000 unknown types': (run) => `query R${run} { ${times(1_000, (i) => `... on Communit${i} { id }`)} }`,
  '1,000 variables of one name': (run) => `query R${run}(${times(1_000, () => '$v: Int')}) { __typename }`,
  '800 variables that nobody uses': (run) => `query R${run}(${times(800, (i) => `$v${i}: Int`)}) { __typename }`,
  'one argument 1,000 times': (run) => `query R${run} { user(${times(1_000, () => 'id: 1')}) { id } }`,
  'conflicts in 40 nested fragments': (run) =>
    `{ ${times(15, (i) => inFragments(20, `a${i}: user(id: "${run}") { id } a${i}: me { id }`))} }`,
  'a quarter of a megabyte of comments': (run) => `# ${run}\n${'#\n'.repeat(130_000)}{ __typename }`,
  'a quarter of a megabyte of blanks': (run) => `{ r${run}: __typename }${' ,\n'.repeat(87_000)}`,
  // Apollo's planner took 2^30 steps for these hundred bytes.
  '30 lists inside each other in an argument': (run) =>
    `mutation R${run} { finishPasskeySignIn(challenge: "${run}", response: ${'['.repeat(30)}${']'.repeat(30)}) { __typename } }`,
  'a name as long as the body': (run) => `{ r${run}${'a'.repeat(200_000)} }`,
};

it.each(Object.entries(REFUSED))('refuses cheaply: %s', async (name, make) => {
  const { status } = await target.withstands('documents', name, (run) => graphql(make(run)));
  expect([200, 400]).toContain(status);
});

/** Documents near the limits, which run: nobody answers, so that what is measured is the door and the plan. */
const TAKEN: Record<string, (run: number) => string> = {
  'a page with everything around it, 15 times': (run) =>
    `{ ${times(15, (i) => `a${i}: posts(first: 1) { edges { node { r${run}: id title author { id displayName username } scope { ... on Tenant { slug name } ... on Community { slug name tenant { slug name } } ... on Team { slug community { slug tenant { slug } } } } } } }`)} }`,
  '38 fragments inside each other': (run) =>
    `query R${run} { ...F0 } ${chain(37, (i) => `a${i % 15}: tenant { id name }`)}`,
  '120 fragments, one for each component': (run) =>
    `query R${run} { ${times(120, (i) => `...F${i}`)} } ${times(120, (i) => `fragment F${i} on Query { tenant { id name slug } me { id username } }`)}`,
  'unions inside unions': (run) => `{ r${run}: __typename posts(first: 1) { edges { node { ${unions(2)} } } } }`,
  'a list of 250 values': (run) =>
    `{ canEach(checks: [${times(250, () => `{ permission: "portal.post.create${run}", scope: { type: TENANT, id: "x" } }`)}]) { allowed } }`,
};

function unions(depth: number): string {
  if (depth === 0) return 'id title';
  const posts = `posts(first: 1) { edges { node { id ${unions(depth - 1)} } } }`;
  return `scope { ... on Tenant { id name } ... on Community { id ${posts} tenant { id } } ... on Team { id community { id ${posts} } } }`;
}

describe('with nobody behind the gateway', () => {
  beforeAll(() => target.lose());
  afterAll(() => target?.find());

  it.each(Object.entries(TAKEN))('takes and plans: %s', async (name, make) => {
    const { status, text } = await target.withstands('documents', name, (run) => graphql(make(run)));
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
  });

  it('takes one operation of 25', async () => {
    const query = (run: number) =>
      times(
        25,
        (i) => `query R${run}_${i} { tenant { id name slug } me { id communities { edges { node { id } } } } }`,
      );
    await target.withstands('documents', '25 operations', (run) => ({
      body: JSON.stringify({ query: query(run), operationName: `R${run}_3` }),
    }));
  });

  it(
    'no document within the limits is dearer, as far as a search finds',
    async () => {
      const schema = Supergraph.build(readFileSync(SUPERGRAPH, 'utf8')).apiSchema().toGraphQLJSSchema();
      const until = performance.now() + SECONDS * 1_000;
      const { document, tried, taken } = await costliestDocument({
        schema,
        seed: SEED,
        goOn: (done) => (SECONDS === 0 ? done < 60 : performance.now() < until),
        send: async (query) => {
          const { status, cpuMs } = await target.send(graphql(query));
          return status === 200 ? cpuMs : null;
        },
      });
      expect(taken).toBeGreaterThan(tried / 4);
      await target.withstands('documents', `the costliest of ${tried}, ${taken} of them taken`, (run) =>
        graphql(`# ${run}\n${document}`),
      );
    },
    60_000 + SECONDS * 1_000,
  );

  it('answers introspection', async () => {
    const whole = getIntrospectionQuery();
    await target.withstands('introspection', 'the whole graph', (run) => graphql(`# ${run}\n${whole}`));
  });

  it.each([
    ['every field 15 times', `types { ${times(15, (i) => `a${i}: fields { name args { name type { name } } }`)} }`],
    [
      'every type 15 times',
      times(15, (i) => `a${i}: types { name description fields { name description } inputFields { name } }`),
    ],
    [
      'what types of fields lead to',
      `types { fields { type { ${times(15, (i) => `a${i}: fields { description name args { name } }`)} } } }`,
    ],
    [
      'little, 13 times',
      `description } ${times(13, (i) => `b${i}: __schema { types { name fields { name type { name } args { name } } } }`)} x: __schema { description`,
    ],
  ])('finds introspection of %s too costly', async (name, inside) => {
    const make = (run: number) => graphql(`{ r${run}: __schema { ${inside} } }`);
    const { text } = await target.withstands('introspection', `introspection of ${name}`, make);
    expect(text).toContain('QUERY_TOO_COSTLY');
  });
});
