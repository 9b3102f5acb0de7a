import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventEnvelope } from '@polity/kernel/events/envelope';
import { isUuid } from '@polity/kernel/ids';
import { AWARDED } from '../../criteria/compile.ts';
import type { Fact, Scalar } from '../../criteria/types.ts';
import { eventCatalogue } from './catalogue.ts';

/** Longer texts of an event are nothing that criteria compare. */
const MAX_TEXT = 200;

const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  ['number', 'boolean'].includes(typeof value) ||
  (typeof value === 'string' && value.length <= MAX_TEXT);

const idIn = (data: Fact['data'], name: string): string | null => {
  const value = data[name];
  return isUuid(value) ? value : null;
};

/** The event as criteria look at it; null for one at which none may look. */
export function factOf({ id, type, time, actorid, data: given }: EventEnvelope): Fact | null {
  if (type !== AWARDED && !eventCatalogue().has(type)) return null;
  const scalars = Object.entries((given ?? {}) as object).filter(([, value]) => isScalar(value));
  const data = Object.fromEntries(scalars) as Record<string, Scalar>;
  const actorId = isUuid(actorid) ? actorid : null;
  const place = { communityId: idIn(data, 'communityId'), teamId: idIn(data, 'teamId') };
  return { id, type, at: Date.parse(time), actorId, ...place, data };
}

/** Everybody whom the event may count for. */
export function peopleIn({ type, actorId, data }: Fact): string[] {
  const named = eventCatalogue()
    .get(type)
    ?.people.map((field) => idIn(data, field)) ?? [idIn(data, 'userId')];
  return [...new Set([actorId, ...named].filter((id) => id !== null))];
}

const personIn = (fact: Fact): string | null => {
  const person = eventCatalogue().get(fact.type)?.person ?? 'userId';
  return person === 'actor' ? fact.actorId : idIn(fact.data, person);
};

const STORE = `insert into fact (id, created_at, tenant_id, type, occurred_at, actor_id, person_id, community_id, team_id, data)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (id) do nothing returning id`;

/** Keeps an event; false for one that is kept already. */
export async function storeFact(tx: EntityManager, tenantId: string, fact: Fact, now: Date): Promise<boolean> {
  const { id, type, at, actorId, communityId, teamId, data } = fact;
  const row = [
    id,
    now,
    tenantId,
    type,
    new Date(at),
    actorId,
    personIn(fact),
    communityId,
    teamId,
    JSON.stringify(data),
  ];
  return (await tx.execute<unknown[]>(STORE, row)).length > 0;
}

interface FactRow {
  id: string;
  seq: string;
  type: string;
  at: number;
  actorId: string | null;
  communityId: string | null;
  teamId: string | null;
  data: Record<string, Scalar>;
}

const COLUMNS = `id, seq::text, type, (extract(epoch from occurred_at) * 1000)::float8 as at, actor_id as "actorId", community_id as "communityId", team_id as "teamId", data`;
const AFTER = `select ${COLUMNS} from fact where tenant_id = ? and seq > ?::bigint and type = any(?::text[]) order by seq limit ?`;
const SINCE = `select ${COLUMNS} from fact
  where tenant_id = ? and type = any(?::text[]) and occurred_at >= ?::timestamptz order by occurred_at desc limit ?`;

// Names of types hold neither quotes nor commas.
const list = (types: readonly string[]) => `{${types.join(',')}}`;
const asFact = ({ seq: _, ...row }: FactRow): Fact => row;

/** The next events of these types in the order in which they came, and after which to go on; null after the last. */
export async function factsAfter(
  em: EntityManager,
  { tenantId, types, after, limit }: { tenantId: string; types: readonly string[]; after: string; limit: number },
): Promise<{ facts: Fact[]; last: string; more: boolean }> {
  const rows = await em.execute<FactRow[]>(AFTER, [tenantId, after, list(types), limit]);
  return { facts: rows.map(asFact), last: rows.at(-1)?.seq ?? after, more: rows.length === limit };
}

/** The newest events of these types since a moment. */
export async function factsSince(
  em: EntityManager,
  { tenantId, types, since, limit }: { tenantId: string; types: readonly string[]; since: Date; limit: number },
): Promise<Fact[]> {
  return (await em.execute<FactRow[]>(SINCE, [tenantId, list(types), since, limit])).map(asFact);
}
