import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import type { AppError } from '@polity/kernel/graph/errors';
import { parseTypeDefs } from '@polity/kernel/graph/schema';
import { createLogger } from '@polity/kernel/log/logger';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { getOperationAST, parse } from 'graphql';
import type { GatewayContext } from '../src/context.ts';
import { declaredGuards } from '../src/shield/declared.ts';
import { makeShield } from '../src/shield/enforce.ts';
import { trivialRules } from '../src/shield/rules.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@shareable"])';
const schemas: Record<string, string> = {
  shop: `${LINK}
    type Query {
      open: Thing @guard(who: ANYONE)
      read: Int @guard(who: ANYONE, token: READ)
      personRead: Int @guard(who: PERSON, token: READ)
      own: Int @guard(who: SESSION)
      admin: Int @guard(who: SYSTEM_ADMIN)
      later(id: ID!): Int @guard(who: SIGNED_IN, permission: "shop.price.read")
      here: Int @guard(who: PERSON, permission: "shop.price.set", scope: TENANT)
      byId(id: ID): Int @guard(who: PERSON, permission: "shop.price.set", scope: TEAM, at: "id")
      inInput(input: PriceInput): Int @guard(who: PERSON, permission: "shop.price.set", at: "input.scope")
      _all: Int @inaccessible @guard(who: SERVICE)
    }
    input PriceInput { scope: ScopeInput }
    type Thing @key(fields: "id") @guard(who: PERSON) { id: ID! }`,
  desk: `${LINK}
    type Query { desks: Int @guard(who: ANYONE) }
    type Thing @key(fields: "id") @guard(who: PERSON) { id: ID! desk: Int @guard(who: ANYONE, token: ANY) }`,
};

function composed() {
  const services = Object.entries(schemas).map(([name, sdl]) => ({
    name,
    url: 'http://x',
    typeDefs: parseTypeDefs(sdl),
  }));
  const { schema, supergraphSdl, errors } = composeServices(services);
  if (!schema) throw new Error(String(errors));
  return { api: schema.toAPISchema().toGraphQLJSSchema(), sdl: supergraphSdl };
}

const { api, sdl } = composed();
const { table } = declaredGuards(api, sdl);
const shield = makeShield(api, table, trivialRules);

/** Where the viewer was asked about, and what they hold: `shop.price.set` at the team `mine`. */
async function codes(viewer: Viewer, query: string, asked: unknown[] = []): Promise<Record<string, string>> {
  const may = (permission: string, scope: { type: string; id: string }) => {
    asked.push([permission, scope]);
    return scope.id === 'mine';
  };
  const context = {
    viewer,
    request: { tenantId: 't' },
    access: { authorizer: async () => ({ may }) },
    clock: { nowMs: () => Date.now() },
    log: createLogger({ service: 'test', level: 'silent' }),
  } as unknown as GatewayContext;
  const document = parse(query);
  const verdict = await shield.judge(document, getOperationAST(document) as never, {}, context);
  return Object.fromEntries([...verdict].map(([key, { originalError }]) => [key, (originalError as AppError).code]));
}

const person: Viewer = { ...anonymous, kind: 'user', id: 'p' };
const withToken = (...scopes: string[]): Viewer => ({ ...person, scopes });

describe('the guards of a supergraph, at the gateway', () => {
  it('ask for a person, a session, a flag', async () => {
    const query = '{ open { id } read personRead own admin }';
    const unknown = 'UNAUTHENTICATED';
    expect(await codes(anonymous, query)).toEqual({ personRead: unknown, own: unknown, admin: unknown });
    expect(await codes(person, query)).toEqual({ admin: 'FORBIDDEN' });
    expect(await codes({ ...person, flags: ['SYSTEM_ADMIN'] }, query)).toEqual({});
  });

  it('limit access tokens to the subgraph that declares the field', async () => {
    const query = '{ read personRead own open { desk } later(id: "x") }';
    expect(await codes(withToken('shop.read'), query)).toEqual({
      own: 'FORBIDDEN',
      open: 'FORBIDDEN',
    });
    expect(await codes(withToken('desk.write'), query)).toEqual({
      read: 'FORBIDDEN',
      personRead: 'FORBIDDEN',
      own: 'FORBIDDEN',
      later: 'FORBIDDEN',
    });
    expect(await codes(withToken('graph.read'), query)).toEqual({ own: 'FORBIDDEN' });
    expect(await codes(withToken('shop.price.read'), '{ later(id: "x") read }')).toEqual({ read: 'FORBIDDEN' });
  });

  it('find the scope that the arguments name, and refuse where they name none', async () => {
    const asked: unknown[] = [];
    const query = `{
      here
      mine: byId(id: "mine") other: byId(id: "other") none: byId
      at: inInput(input: { scope: { type: COMMUNITY, id: "mine" } }) nowhere: inInput(input: {}) nothing: inInput
    }`;
    const no = 'FORBIDDEN';
    expect(await codes(person, query, asked)).toEqual({ here: no, other: no, none: no, nowhere: no, nothing: no });
    expect(asked).toEqual([
      ['shop.price.set', { type: 'TENANT', id: 't' }],
      ['shop.price.set', { type: 'TEAM', id: 'mine' }],
      ['shop.price.set', { type: 'TEAM', id: 'other' }],
      ['shop.price.set', { type: 'COMMUNITY', id: 'mine' }],
    ]);
  });

  it('leave guards of types to the subgraph, which refuses one object and not the whole field', async () => {
    expect(await codes(anonymous, '{ open { id } }')).toEqual({});
  });

  it('are not in the graph that clients see', () => {
    expect(api.getDirective('guard')).toBeUndefined();
    expect(Object.keys(api.getTypeMap()).filter((name) => name.startsWith('guard'))).toEqual([]);
    const served = readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8');
    expect(served).not.toContain('guard__');
  });
});
