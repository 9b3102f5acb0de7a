import { parse } from 'graphql';
import { coordinatesOf, stubsOf, typesOf } from '../schema-coordinates.ts';
import { breachesOf } from '../schema-rules.ts';

function breaches(sdl: string, foreign: string[] = []): string[] {
  return typesOf(parse(sdl)).flatMap((node) => breachesOf(node, { foreign: new Set(foreign) }));
}

describe('the shape of the graph', () => {
  test.each([
    ['a root field that may not be null', 'type Query { me: User! }', 'Query.me: a root field is nullable'],
    ['a snake_case field', 'type Post { created_by: ID }', 'Post.created_by: a field is camelCase'],
    ['an enum value in lower case', 'enum Effect { allow }', 'Effect.allow: an enum value is UPPER_CASE'],
    ['an input with another ending', 'input SignIn { email: String }', 'SignIn: an input ends in Input or Filter'],
    ['a thing with an id that is no Node', 'type Post { id: ID! }', 'Post: a type with an id or a key implements Node'],
    [
      'an entity without an id',
      'type Tag @key(fields: "name") { name: String! }',
      'Tag: a type with an id or a key implements Node',
    ],
    ['a thing whose id may be null', 'type Post implements Node { id: ID }', 'Post.id: an id is an ID!'],
    [
      'a moment without a name',
      'type Vote { at: DateTime }',
      'Vote.at: a moment says of what: createdAt, occurredAt, endsAt',
    ],
    ['a state', 'type Poll { state: PollState }', 'Poll.state: where a thing stands in its life is its status'],
    [
      'a kind that is a string',
      'type Entry { actorKind: String! }',
      'Entry.actorKind: a fixed set of values is an enum',
    ],
    [
      'an id beside the thing that has it',
      'type Vote { pollId: ID! poll: Poll }',
      'Vote.pollId: stands beside poll; its description says when it is there and poll is not ("also ...")',
    ],
    [
      'an update that must name all',
      'input UpdatePollInput { title: String! }',
      'UpdatePollInput.title: a part of an update may be left out',
    ],
    [
      'an update that sets what was left out',
      'input UpdatePollInput { seats: Int = 1 }',
      'UpdatePollInput.seats: a part of an update has no default: left out it stays as it is',
    ],
    ['a scalar of unknown form', 'scalar Money', 'Money: a scalar has @specifiedBy'],
    ['a time that is a string', 'type Post { editedAt: String }', 'Post.editedAt: a time is a DateTime'],
    ['an id that is a string', 'input PostInput { authorId: String }', 'PostInput.authorId: an id is an ID'],
    [
      'a connection field that cannot be paged from its end',
      'type Query { posts(first: Int, after: String): PostConnection }',
      'Query.posts: a connection takes first: Int, after: String, last: Int and before: String',
    ],
    [
      'a connection without pageInfo',
      'type PostConnection { edges: [PostEdge!]! }',
      'PostConnection: a connection has edges: [PostEdge!]! and pageInfo: PageInfo!',
    ],
    [
      'a deletion that says no more than yes',
      'type Mutation { deletePost(id: ID!): Boolean revokeOtherSessions: Int signOut: Boolean }',
      'Mutation.deletePost: what deletes, removes, leaves or revokes answers the thing as it was',
    ],
    [
      'a long text that costs nothing',
      'type Post { "Markdown, 1 to 50,000 characters." body: String! @cost(weight: 99) }',
      'Post.body: a text of up to 50000 characters has @cost(weight: 100) or more',
    ],
  ])('refuses %s', (_what, sdl, problem) => {
    expect(breaches(sdl)).toEqual([problem]);
  });

  test('refuses a non-null field that another subgraph has to answer', () => {
    const sdl = 'type Post { author: User! body: String! } type User implements Node { id: ID! }';
    expect(breaches(sdl, ['User'])).toEqual(['Post.author: a field that crosses subgraphs is nullable']);
    expect(breaches(sdl)).toEqual([]);
  });

  test('refuses a way into this subgraph that nobody guards, past its root fields', () => {
    expect(breaches('type User implements Node { id: ID! sessions: [Session!] }', ['User'])).toEqual([
      "User.sessions: a field added to another subgraph's type has a @guard",
    ]);
    expect(breaches('type User implements Node { id: ID! sessions: [Session!] }')).toEqual([]);
  });

  test('refuses a non-null field added to a type that another subgraph owns', () => {
    expect(
      breaches('type User implements Node { id: ID! sessions: [Session!]! @guard(who: ANYONE) }', ['User']),
    ).toEqual(["User.sessions: a field added to another subgraph's type is nullable"]);
  });

  test('lets what services ask each other be non-null', () => {
    expect(breaches('type Query { _isMember(userId: ID!): Boolean! @inaccessible }')).toEqual([]);
  });

  test('lets a well-formed page pass', () => {
    const page =
      'type PostConnection { edges: [PostEdge!]! pageInfo: PageInfo! } type PostEdge { cursor: String! node: Post! }';
    expect(
      breaches(`${page} type Query { posts(first: Int, after: String, last: Int, before: String): PostConnection }`),
    ).toEqual([]);
  });
});

describe('coordinates', () => {
  test('name every place that wants a description, and which of them have one', () => {
    const found = coordinatesOf(
      parse('"A post." type Post { body("Cut here." length: Int): String } enum Effect { "Yes." ALLOW }'),
    );
    expect(found).toEqual([
      { at: 'Post', description: 'A post.', kind: 'type' },
      { at: 'Post.body', description: null, kind: 'field' },
      { at: 'Post.body(length:)', description: 'Cut here.', kind: 'argument' },
      { at: 'Effect', description: null, kind: 'type' },
      { at: 'Effect.ALLOW', description: 'Yes.', kind: 'value' },
    ]);
  });

  test('tell a stub from a type with a key of its own', () => {
    const sdl = 'type User @key(fields: "id", resolvable: false) { id: ID! } type Post @key(fields: "id") { id: ID! }';
    expect(stubsOf(parse(sdl))).toEqual(['User']);
  });
});
