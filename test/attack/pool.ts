import { readFileSync } from 'node:fs';
import { installScalars } from '@polity/kernel/graph/scalars';
import { buildSchema, type GraphQLField, type GraphQLSchema, getNamedType, isEnumType } from 'graphql';
import type { Browser } from '../../gateway/test/browser.ts';
import type { Sample } from './graph-arguments.ts';

/** Ids of things that are there, by their type. */
export type Pool = ReadonlyMap<string, string>;

const THINGS = `{
  tenant { id slug }
  bob: users(first: 50) { edges { node { id username } } }
  communities(first: 1) { edges { node { id teams(first: 1) { edges { node { id } } } } } }
  posts(first: 1) { edges { node { id } } }
  roles(first: 50) { edges { node { id key } } }
  roleBindings(first: 1) { edges { node { id } } }
  polls(first: 1) { edges { node { id } } }
  events(first: 1) { edges { node { id } } }
}`;
const REGISTER = `mutation {
  registerApplication(input: { name: "Sample", redirectUris: ["https://app.example.org/back"], scopes: ["openid"] }) { application { id } }
}`;

interface Edges<Node> {
  edges: { node: Node }[];
}
interface Things {
  tenant: { id: string };
  bob: Edges<{ id: string; username: string }>;
  communities: Edges<{ id: string; teams: Edges<{ id: string }> }>;
  posts: Edges<{ id: string }>;
  roles: Edges<{ id: string; key: string }>;
  roleBindings: Edges<{ id: string }>;
  polls: Edges<{ id: string }>;
  events: Edges<{ id: string }>;
}

const first = (list: Edges<{ id: string }> | undefined) => list?.edges[0]?.node.id ?? '';

/** Reads the pool as an administrator of the demo tenant; the user in it is Bob, so that whoever asks outlives what is asked. */
export async function poolOf(administrator: Browser): Promise<Pool> {
  const { data, errors } = await administrator.ask(THINGS);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const things = data as Things;
  const { application } = await administrator.get(REGISTER);
  const bob = things.bob.edges.find(({ node }) => node.username === 'bob');
  return new Map([
    ['Tenant', things.tenant.id],
    ['User', bob?.node.id ?? ''],
    ['Community', first(things.communities)],
    ['Team', first(things.communities.edges[0]?.node.teams)],
    ['Post', first(things.posts)],
    ['Role', first(things.roles)],
    ['RoleBinding', first(things.roleBindings)],
    ['Poll', first(things.polls)],
    ['Event', first(things.events)],
    ['Application', application.id],
  ]);
}

const NAMED: Readonly<Record<string, string>> = {
  userId: 'User',
  actorId: 'User',
  communityId: 'Community',
  teamId: 'Team',
  tenantId: 'Tenant',
  template: 'Role',
  applicationId: 'Application',
  pollId: 'Poll',
  eventId: 'Event',
};

/** Type of the thing that an id names: by the argument's name, by what the field gives, or by the field's name, as in `deletePost`. */
export function typeOfId(pool: Pool, field: GraphQLField<unknown, unknown>, path: readonly string[]): string | null {
  const name = path.at(-1) ?? '';
  if (path.at(-2) === 'scope') return 'Community';
  if (NAMED[name]) return NAMED[name];
  const given = getNamedType(field.type).name.replace(/Membership$|Effect$/, '');
  if (pool.has(given)) return given;
  return [...pool.keys()].find((type) => field.name.endsWith(type)) ?? null;
}

const MISSING = '01890000-0000-7000-8000-000000000000';

/** Moments that come after another of the same field. */
const ENDS = new Set(['to', 'endsAt', 'closesAt', 'validUntil']);

/** Samples that verbs take as far as samples can be: ids of the pool, words, moments that lie ahead. */
export function samples(pool: Pool): Sample {
  const scalars: Record<string, unknown> = {
    Int: 1,
    Float: 1,
    Boolean: false,
    DateTime: '2099-01-01T00:00:00Z',
    JSON: {},
  };
  const words: Record<string, string> = {
    permission: 'portal.post.create',
    permissions: 'portal.post.create',
    roleKey: 'tenant.member',
    email: 'nobody@demo.test',
    newEmail: 'nobody@demo.test',
    scopes: 'openid',
    types: 'portal.post.created',
    redirectUris: 'https://app.example.org/back',
    slug: 'some-slug',
    receipt: 'a'.repeat(43),
    date: '2099-03-01',
    timeZone: 'Europe/Berlin',
  };
  const enums: Record<string, string> = { ScopeType: 'COMMUNITY' };
  return ({ field, path, type }) => {
    if (type === 'ID') return pool.get(typeOfId(pool, field, path) ?? '') ?? MISSING;
    if (type === 'String' && field.name === 'updateTenant' && path.at(-1) === 'slug') return 'demo';
    if (type === 'String') return words[path.at(-1) ?? ''] ?? 'some text';
    if (type === 'DateTime' && ENDS.has(path.at(-1) ?? '')) return '2099-02-01T00:00:00Z';
    return type in scalars ? scalars[type] : enums[type];
  };
}

/** The graph as clients see it. */
export function apiSchema(): GraphQLSchema {
  const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  installScalars(schema);
  return schema;
}

const NAME = /^[_A-Za-z]\w*$/;
const ENUM_VALUES: ReadonlySet<string> = new Set(
  Object.values(apiSchema().getTypeMap()).flatMap((type) =>
    isEnumType(type) ? type.getValues().map(({ name }) => name) : [],
  ),
);

/** A value as it stands in a document; undefined for what no document can hold. */
export function asLiteral(value: unknown): string | undefined {
  if (typeof value === 'string') return ENUM_VALUES.has(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value.map(asLiteral);
    return items.every((item) => item !== undefined) ? `[${items.join(', ')}]` : undefined;
  }
  const fields = Object.entries(value).map(([name, inner]) => [name, asLiteral(inner)] as const);
  if (!fields.every(([name, text]) => NAME.test(name) && text !== undefined)) return undefined;
  return `{${fields.map(([name, text]) => `${name}: ${text}`).join(', ')}}`;
}
