import { INPUT, UNSTORABLE } from '@polity/kernel/document/input';
import { LIMITS } from '@polity/kernel/document/limits';
import { buildSchema, getIntrospectionQuery } from 'graphql';
import { documentReader } from '../src/documents/read.ts';

const schema = buildSchema(`
  type Query { f(x: Int): Query g(a: A, s: String, l: [[Int]]): Query n: Int } type Mutation { sign: Int } input A { a: A }
`);

function problems(text: string): string[] {
  const reading = documentReader(schema).read(text);
  return 'problems' in reading ? reading.problems.map(({ message }) => message) : [];
}

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const nested = (depth: number) => `${'{ f '.repeat(depth - 1)}{ n }${' }'.repeat(depth - 1)}`;
const doubling = (layers: number, spread: (name: string) => string) =>
  `{ ...F0 } ${times(layers, (i) => `fragment F${i} on Query { ${spread(`...F${i + 1}`)} }`)} fragment F${layers} on Query { n }`;

const TOO_MUCH = `A document may ask for at most ${LIMITS.selections} fields and fragments.`;
const TOO_MANY_BRACKETS = `At most ${LIMITS.nesting} brackets may be open at once.`;

it('takes what rich clients ask for', () => {
  expect(problems(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, oneOf: true }))).toEqual(
    [],
  );
  expect(problems(nested(LIMITS.depth))).toEqual([]);
  expect(problems(`{ ${times(LIMITS.aliases, (i) => `a${i}: n`)} }`)).toEqual([]);
});

it('takes a fragment for each of many components', () => {
  const components = times(120, (i) => `fragment F${i} on Query { n f(x: 1) { n ...G${i} } }`);
  const parts = times(120, (i) => `fragment G${i} on Query { n f(x: 2) { n } }`);
  expect(problems(`{ ${times(120, (i) => `...F${i}`)} } ${components} ${parts}`)).toEqual([]);
});

it('knows no kind of operation that the graph does not have', () => {
  expect(problems('subscription { n }')).toEqual(['The graph has no subscriptions.']);
});

it('takes no text that no part of Polity can keep, or that is long', () => {
  expect(problems('{ g(s: "a\\u0000b") { n } }')).toEqual([UNSTORABLE]);
  expect(problems('{ g(s: "\\ud83d\\ude00") { n } }')).toEqual([]);
  expect(problems(`{ g(s: "${'a'.repeat(INPUT.text)}") { n } }`)).toEqual([]);
  expect(problems(`{ g(s: """${'a'.repeat(INPUT.text + 1)}""") { n } }`)).toEqual([
    `A text may have at most ${INPUT.text} characters.`,
  ]);
});

it('counts what stands in arguments as often as its fragment is spread', () => {
  const spread = (length: number) =>
    `{ ${times(10, (i) => `a${i}: f { ...F }`)} } fragment F on Query { g(s: "${'a'.repeat(length)}") { n } }`;
  const room = LIMITS.characters / 10 - 's: ""'.length;
  expect(problems(spread(Math.floor(room)))).toEqual([]);
  expect(problems(spread(Math.ceil(room)))).toEqual([
    `The arguments of a document may have at most ${LIMITS.characters} characters, each spread of a fragment counted.`,
  ]);
});

it('remembers documents by what they come to with all fragments spread, not only by their number', () => {
  const reader = documentReader(schema);
  const small = (run: number) => `{ r${run}: n }`;
  const wide = (run: number) =>
    `{ r${run}: n ${times(15, (i) => `a${i}: f { ...F }`)} } fragment F on Query { ${times(8, (i) => `b${i}: f { ...G }`)} }
     fragment G on Query { ${times(13, (i) => `c${i}: n`)} }`;
  const twice = (text: string) => [reader.read(text), reader.read(text)][1];
  for (let run = 0; run < 500; run++) twice(small(run));
  expect(reader.known(small(0))).toBeDefined();
  for (let run = 0; run < 60; run++) expect(twice(wide(run))).toHaveProperty('document');
  expect([reader.known(wide(0)), reader.known(small(0))]).toEqual([undefined, undefined]);
  expect(reader.known(wide(59))).toBeDefined();
});

it('keeps a document that comes again, and none of any number that come once', () => {
  const reader = documentReader(schema);
  reader.read('{ n }');
  expect(reader.known('{ n }')).toBeUndefined();
  const again = reader.read('{ n }');
  for (let run = 0; run < 3_000; run++) reader.read(`{ r${run}: n }`);
  expect(reader.known('{ n }')).toBe(again);
  expect(reader.known('{ r7: n }')).toBeUndefined();
});

describe('before it parses', () => {
  it.each([
    ['selection sets', '{ f '.repeat(1_600)],
    ['inline fragments', `{ ${'... { '.repeat(1_600)}`],
    ['lists', `{ g(l: ${'['.repeat(1_600)}`],
    ['objects', `{ g(a: ${'{ a: '.repeat(1_600)}`],
    ['types of variables', `query ($v: ${'['.repeat(1_600)}`],
    ['a mix of them', `{ ${'... { g(a: { a: [{ a: '.repeat(400)}`],
  ])('bounds the nesting of %s', (_name, text) => {
    expect(problems(text)).toEqual([TOO_MANY_BRACKETS]);
  });

  it('bounds tokens, comments, names and the length of the text', () => {
    const tooMany = `A document may have at most ${LIMITS.tokens} tokens.`;
    expect(problems(`{ ${'n '.repeat(LIMITS.tokens)} }`)).toEqual([tooMany]);
    expect(problems(`${'#\n'.repeat(LIMITS.tokens)} { n }`)).toEqual([tooMany]);
    expect(problems(`{ ${'n'.repeat(LIMITS.name + 1)} }`)).toEqual([`A name may have at most ${LIMITS.name} letters.`]);
    expect(problems(`{ n } ${' '.repeat(LIMITS.characters)}`)).toEqual([
      `A document may have at most ${LIMITS.characters} characters.`,
    ]);
  });

  it('says where a text stops being a document', () => {
    const reading = documentReader(schema).read('{ n ');
    expect(reading).toMatchObject({
      problems: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' }, locations: [{ line: 1, column: 5 }] }],
    });
  });
});

it('bounds the depth, through fragments too', () => {
  expect(problems(nested(LIMITS.depth + 1))).toEqual([`Fields may be nested at most ${LIMITS.depth} deep.`]);
  expect(problems(getIntrospectionQuery({ typeDepth: LIMITS.introspectionDepth }))).toEqual([
    `Fields below __schema and __type may be nested at most ${LIMITS.introspectionDepth} deep.`,
  ]);
  const deep = times(LIMITS.depth, (i) => `fragment F${i} on Query { f { ...F${i + 1} } }`);
  expect(problems(`{ ...F0 } ${deep} fragment F${LIMITS.depth} on Query { n }`)).toHaveLength(1);
});

it('bounds fragments inside fragments', () => {
  const chain = (length: number) =>
    `{ ...F0 } ${times(length, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F${length} on Query { n }`;
  expect(problems(chain(LIMITS.nesting - 2))).toEqual([]);
  expect(problems(chain(LIMITS.nesting - 1))).toEqual([
    `Fields and fragments may be nested at most ${LIMITS.nesting} deep.`,
  ]);
  expect(problems(chain(500))).toHaveLength(1);
});

it('bounds the names of one field, over fragments and inline fragments together', () => {
  const aliases = (from: number, to: number) => times(to - from, (i) => `a${from + i}: sign`);
  expect(problems(`mutation { ${aliases(0, 16)} }`)).toHaveLength(1);
  expect(
    problems(`mutation { ...A ... { ${aliases(10, 16)} } } fragment A on Mutation { ${aliases(0, 10)} }`),
  ).toHaveLength(1);
  expect(problems(`{ ${times(101, (i) => `a${i}: __typename`)} }`)).toHaveLength(1);
});

it('bounds how often a field is written, and the directives at one place', () => {
  expect(problems(`{ ${'n '.repeat(LIMITS.repeats)} }`)).toEqual([]);
  expect(problems(`{ ${'n '.repeat(LIMITS.repeats + 1)} }`)).toHaveLength(1);
  const tooMany = [`At most ${LIMITS.directives} directives may stand at one place.`];
  expect(problems(`{ n ${'@aa '.repeat(6)} }`)).toEqual(tooMany);
  expect(problems(`query ${'@aa '.repeat(6)} { n }`)).toEqual(tooMany);
  expect(problems(`query ($v: Int ${'@aa '.repeat(6)}) { n }`)).toEqual(tooMany);
  expect(problems(`{ ... ${'@skip(if: false) '.repeat(6)} { n } }`)).toEqual(tooMany);
  expect(problems(`{ ...F ${'@aa '.repeat(6)} } fragment F on Query { n }`)).toEqual(tooMany);
  expect(problems(`{ ...F } fragment F on Query ${'@aa '.repeat(6)} { n }`)).toEqual(tooMany);
});

it('bounds operations, and what all of them ask for together', () => {
  const operations = (count: number) => times(count, (i) => `query Q${i} { n }`);
  expect(problems(operations(LIMITS.operations))).toEqual([]);
  expect(problems(operations(LIMITS.operations + 1))).toHaveLength(1);
  const names = times(100, (i) => `...F${i}`);
  const fragments = times(100, (i) => `fragment F${i} on Query { n }`);
  expect(
    problems(`${times(11, (i) => `query Q${i} { ${names} }`)} ${fragments.replaceAll('{ n }', '{ __typename }')}`),
  ).toEqual([TOO_MUCH]);
});

it('counts every spread of a fragment, in time that does not grow with what it expands to', () => {
  const spreads = [
    (name: string) => `f { ${name} } g { ${name} }`,
    (name: string) => `${name} ${name}`,
    (name: string) => `... { ${name} } ${name}`,
  ];
  for (const spread of spreads) {
    expect(problems(doubling(7, spread))).toEqual([]);
    for (const layers of [14, 30, 300]) expect(problems(doubling(layers, spread))).toEqual([TOO_MUCH]);
  }
  // Validation reads what no operation spreads, too.
  expect(problems(`{ n } ${doubling(30, (name) => `${name} ${name}`).slice(10)}`)).toEqual([TOO_MUCH]);
});

it('does not loop on fragments that spread themselves', () => {
  const query = '{ ...A } fragment A on Query { f { ...B } } fragment B on Query { g { ...A } ...B }';
  expect(problems(query)).toContainEqual(expect.stringContaining('Cannot spread fragment'));
});
