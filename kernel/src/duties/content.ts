import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../clock.ts';
import { recordEvent } from '../events/outbox.ts';
import { NotFound } from '../graph/errors.ts';
import { isUuid } from '../ids.ts';

/** A type that people write. Its rows belong to a tenant and are hidden by their column `hidden_at`, which its visibility knows. */
export interface ContentType {
  /** Name in the graph. */
  type: string;
  table: string;
  /** SQL over the table's columns. */
  author: string;
  visibility: string;
  communityId: string;
  teamId: string;
  /** Column of each text by its field in the graph. */
  texts: Readonly<Record<string, string>>;
}

/** One thing that somebody wrote, as moderation, search and translation read it. */
export interface Content {
  id: string;
  authorId: string | null;
  visibility: string;
  communityId: string | null;
  teamId: string | null;
  texts: Record<string, string | null>;
  /** Whether only its author and those who manage there see it. */
  hidden: boolean;
}

const TENANT = `nullif(current_setting('app.tenant', true), '')::uuid`;
const MAX_IDS = 100;

function typeNamed(types: readonly ContentType[], name: string): ContentType {
  const found = types.find(({ type }) => type === name);
  if (!found) throw new NotFound('This type');
  return found;
}

/** Those of these things that are there, at most a hundred. Throws NotFound for a type that nobody writes. */
export async function readContent(
  em: EntityManager,
  types: readonly ContentType[],
  name: string,
  ids: readonly string[],
): Promise<Content[]> {
  const { table, author, visibility, communityId, teamId, texts } = typeNamed(types, name);
  const fields = Object.entries(texts).map(([field, column]) => `'${field}', ${column}`);
  const sql = `select id, ${author} as "authorId", ${visibility} as visibility, ${communityId} as "communityId", ${teamId} as "teamId",
      json_build_object(${fields.join(', ')}) as texts, hidden_at is not null as hidden
    from ${table} where tenant_id = ${TENANT} and id = any(?::uuid[]) order by id`;
  return em.execute<Content[]>(sql, [`{${ids.filter(isUuid).slice(0, MAX_IDS).join(',')}}`]);
}

/** What is hidden or restored, by whom it is told, and when. */
export interface Hiding {
  subgraph: string;
  tenantId: string | null;
  requestId: string;
  actorId: string | null;
  clock: Clock;
}

/**
 * Hides a thing from all but its author and those who manage there, or restores it; false where it was so already. Records
 * `<subgraph>.content.hidden` or `.restored`. Throws NotFound.
 */
export async function hideContent(
  tx: EntityManager,
  types: readonly ContentType[],
  { type, id, hidden }: { type: string; id: string; hidden: boolean },
  { subgraph, clock, ...cause }: Hiding,
): Promise<boolean> {
  const { table } = typeNamed(types, type);
  const mine = `from ${table} where tenant_id = ${TENANT} and id = ?`;
  const [there] = isUuid(id) ? await tx.execute<unknown[]>(`select 1 ${mine} for update`, [id]) : [];
  if (!there) throw new NotFound('This');
  const sql = `update ${table} set hidden_at = ? where tenant_id = ${TENANT} and id = ? and (hidden_at is null) = ? returning 1`;
  const changed = await tx.execute<unknown[]>(sql, [hidden ? clock.now() : null, id, hidden]);
  if (changed.length === 0) return false;
  const event = { ...cause, type: `${subgraph}.content.${hidden ? 'hidden' : 'restored'}`, subject: id };
  await recordEvent(tx, { ...event, data: { type, id } });
  return true;
}
