import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { type AppError, Forbidden } from '@polity/kernel/graph/errors';
import { rule } from '@polity/kernel/graph/shield';
import { createLogger } from '@polity/kernel/log/logger';
import { buildSchema, type DocumentNode, getOperationAST, parse, print } from 'graphql';
import type { GatewayContext } from '../src/context.ts';
import { uncovered } from '../src/shield/coverage.ts';
import { declaredGuards } from '../src/shield/declared.ts';
import { makeShield } from '../src/shield/enforce.ts';
import type { GuardTable } from '../src/shield/guards.ts';
import { pruned, rootKeys } from '../src/shield/prune.ts';

const open = rule('open', () => true);
const closed = rule('closed', () => new Forbidden('Closed.'));
const broken = rule('broken', () => {
  throw new Error('a bug with a secret in it');
});
const owner = rule('owner', (_context, args) => args.id === 'mine' || new Forbidden('Not yours.'));

const schema = buildSchema(`
  type Query { open: Thing closed: Thing broken: Thing own(id: ID!): Thing any: Any node: Node list: [Thing!] }
  type Mutation { make: Thing destroy: Thing }
  interface Node { id: ID secret: String }
  type Thing implements Node { id: ID name: String secret: String other: Thing }
  type Vault implements Node { id: ID secret: String gold: Int }
  union Any = Thing | Vault
`);
const table: GuardTable = {
  Query: { open, closed, broken, own: owner, any: open, node: open, list: open },
  Mutation: { make: open, destroy: closed },
  Thing: { '*': open },
  Vault: { '*': open, secret: closed, gold: closed },
};

const context = { log: createLogger({ service: 'test', level: 'silent' }) } as unknown as GatewayContext;

async function verdict(query: string, variables: Record<string, unknown> = {}, operationName?: string) {
  const document = parse(query);
  const operation = getOperationAST(document, operationName)!;
  const shield = makeShield(schema, table, new Set([open]));
  const coerced = shield.coerce(operation, variables);
  if ('errors' in coerced) throw coerced.errors[0];
  const found = await shield.judge(document, operation, coerced.values, context);
  return Object.fromEntries([...found].map(([key, { originalError }]) => [key, (originalError as AppError).code]));
}

describe('the rules of the graph', () => {
  const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
  const api = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();

  it('has a row for every field of the graph', () => {
    expect(uncovered(api, declaredGuards(api, sdl).table)).toEqual([]);
  });

  it('has a hole where a field has no row, also at a root with a wildcard', () => {
    const { Mutation: _mutation, Vault: _vault, ...rest } = table;
    const holes = uncovered(schema, { ...rest, Mutation: { make: open, '*': open } });
    expect(holes.sort()).toEqual(['Mutation.destroy', 'Vault.gold', 'Vault.id', 'Vault.secret']);
  });

  it('shows no internal field to clients', () => {
    const internal = Object.values(api.getTypeMap()).flatMap((type) =>
      'getFields' in type && !type.name.startsWith('__')
        ? Object.keys(type.getFields()).filter((name) => name.startsWith('_'))
        : [],
    );
    expect(internal).toEqual([]);
  });
});

describe('the shield', () => {
  it('names each denied root by its response key', async () => {
    expect(await verdict('{ open { id } a: closed { id } closed { id } }')).toEqual({
      a: 'FORBIDDEN',
      closed: 'FORBIDDEN',
    });
  });

  it('lets a nested rule fall back on the root that leads there', async () => {
    expect(await verdict('{ any { ... on Thing { id } ... on Vault { gold } } open { id } }')).toEqual({
      any: 'FORBIDDEN',
    });
  });

  it('asks the rules of every type that an interface field may turn out to be', async () => {
    expect(await verdict('{ node { id } }')).toEqual({});
    expect(await verdict('{ node { secret } }')).toEqual({ node: 'FORBIDDEN' });
    expect(await verdict('{ node { ... on Thing { secret } } }')).toEqual({});
    expect(await verdict('{ any { ...F } } fragment F on Node { secret }')).toEqual({ any: 'FORBIDDEN' });
  });

  it('denies when a rule throws, without showing why', async () => {
    expect(await verdict('{ broken { id } open { id } }')).toEqual({ broken: 'FORBIDDEN' });
  });

  it('gives the rules arguments with literals, variables and defaults in place', async () => {
    expect(await verdict('{ own(id: "mine") { id } }')).toEqual({});
    expect(await verdict('query ($id: ID!) { own(id: $id) { id } }', { id: 'mine' })).toEqual({});
    expect(await verdict('query ($id: ID! = "mine") { own(id: $id) { id } }')).toEqual({});
    expect(await verdict('query ($id: ID! = "mine") { own(id: $id) { id } }', { id: 'other' })).toEqual({
      own: 'FORBIDDEN',
    });
    expect(await verdict('query ($id: ID = "mine") { own(id: $id) { id } }', { id: null })).toEqual({
      own: 'VALIDATION_ERROR',
    });
  });

  it('leaves introspection to everyone', async () => {
    expect(await verdict('{ __schema { types { name } } __typename }')).toEqual({});
  });

  it('throws for a field that has no row, so that nothing unlisted is ever answered', async () => {
    const shield = makeShield(schema, { ...table, Thing: { id: open } }, new Set([open]));
    const document = parse('{ open { name } }');
    await expect(shield.judge(document, getOperationAST(document)!, {}, context)).rejects.toThrow(
      'No permission row for Thing.name',
    );
  });

  it('refuses a document that would take too long to walk, however small it is written', async () => {
    const layers = Array.from(
      { length: 30 },
      (_, i) => `fragment F${i} on Thing { a: other { ...F${i + 1} } b: other { ...F${i + 1} } }`,
    );
    const query = `{ open { ...F0 } } ${layers.join('\n')} fragment F30 on Thing { id }`;
    const document = parse(query);
    const shield = makeShield(schema, table, new Set([open]));
    await expect(shield.judge(document, getOperationAST(document)!, {}, context)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
  });
});

describe('pruning', () => {
  const prune = (query: string, ...keys: string[]) => {
    const document: DocumentNode = parse(query);
    const result = pruned(document, getOperationAST(document)!, new Set(keys));
    return result && print(result.document).replace(/\s+/g, ' ').trim();
  };

  it('takes the denied roots out of fragments, and keeps their conditions', () => {
    expect(prune('{ a: open { id } ...F } fragment F on Query { b: open { id } closed { id } }', 'closed')).toBe(
      '{ a: open { id } ... { b: open { id } } } fragment F on Query { b: open { id } closed { id } }',
    );
    expect(prune('query ($x: Boolean!) { ... @include(if: $x) { a: open { id } closed { id } } }', 'closed')).toBe(
      'query ($x: Boolean!) { ... @include(if: $x) { a: open { id } } }',
    );
  });

  it('leaves nothing to run when all roots fall', () => {
    expect(prune('{ closed { id } ... { closed { name } } }', 'closed')).toBeNull();
  });

  it('knows the order of the response', () => {
    const document = parse(
      '{ b: open { id } ...F a: open { id } } fragment F on Query { c: open { id } b: open { name } }',
    );
    expect(rootKeys(document, getOperationAST(document)!)).toEqual(['b', 'c', 'a']);
  });
});
