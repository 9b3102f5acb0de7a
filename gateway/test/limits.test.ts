import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';
import { LIMITS, limitsRule, UNSTORABLE } from '../src/limits.ts';

const schema = buildSchema('type Query { f(x: Int): Query g: Query n: Int } type Mutation { sign: Int }');
const problems = (query: string) => validate(schema, parse(query), [limitsRule]).map(({ message }) => message);
const nested = (depth: number) => `${'{ f '.repeat(depth - 1)}{ n }${' }'.repeat(depth - 1)}`;
const doubling = (layers: number) =>
  `{ ...F0 } ${Array.from({ length: layers }, (_, i) => `fragment F${i} on Query { f { ...F${i + 1} } g { ...F${i + 1} } }`).join(' ')} fragment F${layers} on Query { n }`;

it('takes what rich clients ask for', () => {
  expect(problems(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).toEqual([]);
  expect(problems(nested(LIMITS.depth))).toEqual([]);
  expect(problems(`{ ${Array.from({ length: LIMITS.aliases }, (_, i) => `a${i}: n`).join(' ')} }`)).toEqual([]);
});

it('knows no kind of operation that the graph does not have', () => {
  expect(problems('subscription { n }')).toEqual(['The graph has no subscriptions.']);
});

it('takes no text that no part of Polity can keep', () => {
  expect(problems('{ f(x: "a\\u0000b") { n } }')).toContain(UNSTORABLE);
  expect(problems('{ f(x: "\\ud83d\\ude00") { n } }')).not.toContain(UNSTORABLE);
});

it('bounds the depth, through fragments too', () => {
  expect(problems(nested(LIMITS.depth + 1))).toEqual([`Fields may be nested at most ${LIMITS.depth} deep.`]);
  const deep = Array.from({ length: LIMITS.depth }, (_, i) => `fragment F${i} on Query { f { ...F${i + 1} } }`);
  expect(problems(`{ ...F0 } ${deep.join(' ')} fragment F${LIMITS.depth} on Query { n }`)).toHaveLength(1);
});

it('bounds the names of one field, over fragments and inline fragments together', () => {
  const aliases = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => `a${from + i}: sign`).join(' ');
  expect(problems(`mutation { ${aliases(0, 16)} }`)).toHaveLength(1);
  expect(
    problems(`mutation { ...A ... { ${aliases(10, 16)} } } fragment A on Mutation { ${aliases(0, 10)} }`),
  ).toHaveLength(1);
  expect(problems(`{ ${Array.from({ length: 101 }, (_, i) => `a${i}: __typename`).join(' ')} }`)).toHaveLength(1);
});

it('bounds how often a field is written, and the directives at one place', () => {
  expect(problems(`{ ${'n '.repeat(LIMITS.repeats + 1)} }`)).toHaveLength(1);
  expect(problems(`{ n ${'@aa '.repeat(6)} }`)).toHaveLength(1);
  expect(problems(`query ${'@aa '.repeat(6)} { n }`)).toHaveLength(1);
  expect(problems(`{ ... ${'@skip(if: false) '.repeat(6)} { n } }`)).toHaveLength(1);
});

it('counts every spread of a fragment, in time that does not grow with what it expands to', () => {
  expect(problems(doubling(9))).toEqual([]);
  expect(problems(doubling(14))).toContain(`An operation may ask for at most ${LIMITS.fields} fields.`);
  expect(problems(doubling(1_000))).toContain(`An operation may ask for at most ${LIMITS.fields} fields.`);
});

it('does not loop on fragments that spread themselves', () => {
  const query = '{ ...A } fragment A on Query { f { ...B } } fragment B on Query { g { ...A } ...B }';
  expect(validate(schema, parse(query), [...specifiedRules, limitsRule]).map(({ message }) => message)).toContainEqual(
    expect.stringContaining('Cannot spread fragment'),
  );
});
