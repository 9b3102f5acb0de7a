import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { overlapProblem } from '@polity/kernel/graph/overlap';
import fc from 'fast-check';
import { buildSchema, type GraphQLSchema, OverlappingFieldsCanBeMergedRule, parse, validate } from 'graphql';
import { choices, randomDocument } from './random-document.ts';

const zoo = buildSchema(`
  interface Animal { name: String! friend: Animal likes(what: String, how: How): String tags: [String] size: Int }
  input How { a: Int b: [Int] }
  type Dog implements Animal { name: String! friend: Dog likes(what: String, how: How): String tags: [String] size: Int barks: Boolean home: Place }
  type Cat implements Animal { name: String! friend: Cat likes(what: String, how: How): String tags: [String] size: Int barks: Int home: Room! }
  type Place { name: String! size: Int rooms: [Room!] }
  type Room { name: String size: String rooms: [Place!] }
  union Pet = Dog | Cat
  type Query { animal: Animal pet: Pet pets: [Pet] dog: Dog cat: Cat place: Place room: Room }
`);

const LIKES = ['', '(what: "a")', '(what: """a""")', '(how: { a: 1, b: [1] })', '(how: { b: [1], a: 1 }, what: "a")'];

/** What both think of a document; throws where they differ. */
function judge(schema: GraphQLSchema, text: string): 'refused' | 'accepted' {
  const document = parse(text);
  const [theirs] = validate(schema, document, [OverlappingFieldsCanBeMergedRule]);
  const ours = overlapProblem(schema, document);
  if ((theirs === undefined) !== (ours === null)) throw new Error(`${text}\ntheirs: ${theirs}\nours: ${ours}`);
  return ours ? 'refused' : 'accepted';
}

function judgeMany(schema: GraphQLSchema, runs: number, shape: { depth: number; width: number }) {
  const seen = { refused: 0, accepted: 0 };
  const property = fc.property(fc.integer(), (seed) => {
    const choose = choices(seed);
    const argumentsOf = ({ name }: { name: string }) =>
      name === 'likes' ? (LIKES[choose(LIKES.length)] as string) : '';
    seen[judge(schema, randomDocument({ schema, choose, ...shape, argumentsOf }))]++;
  });
  fc.assert(property, { seed: 8, numRuns: runs, endOnFailure: true });
  return seen;
}

it('accepts and refuses what graphql-js does', () => {
  const { refused, accepted } = judgeMany(zoo, 3_000, { depth: 3, width: 3 });
  expect(Math.min(refused, accepted)).toBeGreaterThan(400);
});

it('does so in the graph of Polity', () => {
  const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
  const { refused, accepted } = judgeMany(Supergraph.build(sdl).apiSchema().toGraphQLJSSchema(), 600, {
    depth: 4,
    width: 3,
  });
  expect(Math.min(refused, accepted)).toBeGreaterThan(30);
});

it('says what graphql-js says of a conflict', () => {
  const message = (text: string) => overlapProblem(zoo, parse(text))?.message;
  const advice = 'Use different aliases on the fields to fetch both if this was intentional.';
  expect(message('{ x: dog { name } x: cat { name } }')).toBe(
    `Fields "x" conflict because "dog" and "cat" are different fields. ${advice}`,
  );
  expect(message('{ dog { likes likes(what: "a") } }')).toBe(
    `Fields "likes" conflict because they have differing arguments. ${advice}`,
  );
  expect(message('{ pet { ... on Dog { barks } ... on Cat { barks } } }')).toBe(
    `Fields "barks" conflict because they return conflicting types "Boolean" and "Int". ${advice}`,
  );
});
