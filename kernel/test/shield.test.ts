import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, type GraphQLSchema, graphql, parse } from 'graphql';
import type { AppError } from '../src/graph/errors.ts';
import {
  allow,
  and,
  applyShield,
  deny,
  not,
  or,
  type PermissionTable,
  rule,
  type ShieldRule,
} from '../src/graph/shield.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { open: String secret: String failing: String account: Account }
  type Mutation { rename: String }
  type Account @key(fields: "id") { id: ID! email: String name: String }
`);

const resolvers = {
  Query: {
    open: () => 'open',
    secret: () => 'secret',
    failing: () => Promise.reject(new GraphQLError('gone', { extensions: { code: 'NOT_FOUND' } })),
    account: () => ({ id: '1', email: 'a@x.test', name: 'A' }),
  },
  Mutation: { rename: () => 'renamed' },
  Account: { __resolveReference: ({ id }: { id: string }) => ({ id, email: `${id}@x.test`, name: `name of ${id}` }) },
};

const plain = buildSubgraphSchema([{ typeDefs, resolvers }]);
const ask = (schema: GraphQLSchema, source: string, contextValue: object = {}) =>
  graphql({ schema, source, contextValue });
const secretBehind = (guard: ShieldRule) => applyShield(plain, { Query: { secret: guard } });
const opens = async (guard: ShieldRule, context: object = {}) =>
  (await ask(secretBehind(guard), '{ secret }', context)).data?.secret === 'secret';
const explode = rule('explode', () => {
  throw new Error('database is away');
});
const yes = rule('yes', () => true);
const no = rule('no', () => false);

describe('the loaded graphql-shield', () => {
  it('lets allow through and stops at deny', async () => {
    expect([await opens(allow), await opens(deny)]).toEqual([true, false]);
  });

  it('combines rules with and, or and not', async () => {
    const verdicts = await Promise.all(
      [and(yes, yes), and(yes, no), or(no, yes), or(no, no), not(no), not(yes), not(and(yes, no))].map((guard) =>
        opens(guard),
      ),
    );
    expect(verdicts).toEqual([true, false, true, false, true, false, true]);
  });

  it('denies when a rule throws, also inside and, or and not', async () => {
    const verdicts = await Promise.all(
      [explode, and(yes, explode), or(no, explode), not(explode), not(and(yes, explode))].map((guard) => opens(guard)),
    );
    expect(verdicts).toEqual([false, false, false, false, false]);
  });

  it('logs a rule that throws', async () => {
    const logged: unknown[] = [];
    await opens(explode, { log: { error: (fields: object, message: string) => logged.push({ ...fields, message }) } });
    expect(logged).toMatchObject([{ rule: 'explode', err: { message: 'database is away' } }]);
  });

  it('hands the rule parent, arguments and context', async () => {
    const owner = rule(
      'owner',
      (context: { viewer: string }, _args, parent) => (parent as { id: string }).id === context.viewer,
    );
    const schema = applyShield(plain, { Query: { account: allow }, Account: { '*': owner } });
    const emails = await Promise.all(['1', '2'].map((viewer) => ask(schema, '{ account { email } }', { viewer })));
    expect(emails.map((answer) => answer.data?.account)).toEqual([{ email: 'a@x.test' }, { email: null }]);
  });

  it('asks a contextual rule once per context', async () => {
    let asked = 0;
    const count = () => {
      asked += 1;
      return true;
    };
    const counted = rule('counted', count, { cache: 'contextual' });
    const schema = applyShield(plain, { Query: { account: allow }, Account: { '*': counted } });
    await ask(schema, '{ account { id email name } }');
    expect(asked).toBe(1);
  });
});

describe('applyShield', () => {
  it('denies what the table leaves out, with FORBIDDEN', async () => {
    const { data, errors } = await ask(applyShield(plain, { Query: { open: allow } }), '{ open secret }');
    expect(data).toEqual({ open: 'open', secret: null });
    expect(errors?.map((error) => [error.path, (error.originalError as AppError).code])).toEqual([
      [['secret'], 'FORBIDDEN'],
    ]);
  });

  it('denies every mutation by default', async () => {
    const { data } = await ask(applyShield(plain, {}), 'mutation { rename }');
    expect(data).toEqual({ rename: null });
  });

  it('passes on the error that a rule answers', async () => {
    const signedIn = rule(
      'signedIn',
      () => new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } }),
    );
    const { errors } = await ask(secretBehind(signedIn), '{ secret }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('keeps the errors of resolvers', async () => {
    const { errors } = await ask(applyShield(plain, { Query: { failing: allow } }), '{ failing }');
    expect(errors?.[0]).toMatchObject({ message: 'gone', extensions: { code: 'NOT_FOUND' } });
  });

  it('does not change the schema it was given', async () => {
    applyShield(plain, {});
    expect((await ask(plain, '{ open }')).data).toEqual({ open: 'open' });
  });

  it.each<[string, PermissionTable]>([
    ['type', { Acount: { '*': allow } }],
    ['field', { Query: { opne: allow } }],
    ['twin of a rule name', { Query: { open: rule('twin', () => true), secret: rule('twin', () => false) } }],
  ])('refuses a table with an unknown %s', (_what, table) => {
    expect(() => applyShield(plain, table)).toThrow();
  });
});

describe('a shielded subgraph', () => {
  const references =
    '{ _entities(representations: [{__typename: "Account", id: "7"}]) { ... on Account { id email name } } }';

  it('answers _service and resolves references through the rules of the entity type', async () => {
    const schema = applyShield(plain, { Account: { id: allow, name: allow } });
    const { data } = await ask(schema, `{ _service { sdl } ${references.slice(1)}`);
    expect(data?._entities).toEqual([{ id: '7', email: null, name: 'name of 7' }]);
    expect(data?._service).toMatchObject({ sdl: expect.stringContaining('type Account') });
  });

  it('lets the table close _entities', async () => {
    const schema = applyShield(plain, { Query: { _entities: deny }, Account: { '*': allow } });
    expect((await ask(schema, references)).errors?.[0]).toMatchObject({ originalError: { code: 'FORBIDDEN' } });
  });
});
