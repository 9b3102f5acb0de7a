import type { Context } from '../../context.ts';
import { kinds } from '../../kinds.ts';
import type { Thing } from '../thing/thing.ts';
import type { ActivityRow } from './activity.entity.ts';

/** People who did the same to the same thing on the same day, the last first; `size` is 100 for any more. */
export interface Group {
  actorIds: readonly string[];
  size: number;
}

/** An entry as somebody reads it: with its thing, which they may see, and its group where the list is grouped. */
export interface Entry {
  row: ActivityRow;
  thing: Thing;
  actorId: string | null;
  group: Group | null;
}

const MAX_SUMMARY = 500;
const MAX_GROUP = 100;

/** How many people the entry stands for. */
export const sizeOf = ({ group }: Entry): number => group?.size ?? 1;

/** Up to three of the others. */
export const othersOf = ({ group }: Entry): string[] => group?.actorIds.slice(1, 4) ?? [];

async function nameOf(ctx: Context, id: string | undefined | null): Promise<string> {
  return (id && (await ctx.loaders.nameById.load(id))?.displayName) || 'Somebody';
}

async function peopleIn(ctx: Context, entry: Entry): Promise<string> {
  const name = await nameOf(ctx, entry.actorId);
  const others = sizeOf(entry) - 1;
  if (others === 0) return name;
  if (others === 1) return `${name} and ${await nameOf(ctx, othersOf(entry)[0])}`;
  return `${name} and ${sizeOf(entry) === MAX_GROUP ? 'many' : others} others`;
}

/** What is said of it, in the words of its kind. */
export async function summaryOf(ctx: Context, entry: Entry): Promise<string> {
  const { summary } = kinds[entry.row.type] ?? { summary: entry.row.type };
  const actor = summary.includes('{actor}') ? await peopleIn(ctx, entry) : '';
  const said = { '{actor}': actor, '{title}': entry.thing.title ?? '' };
  const text = summary.replaceAll(/\{actor\}|\{title\}/g, (part) => said[part as keyof typeof said]);
  return text.slice(0, MAX_SUMMARY);
}

const GROUPS = `select wanted.key, found.actors from unnest(?::text[]) as wanted(key) cross join lateral (
    select array_agg(a.actor_id order by a.id desc) as actors from (
      select t.actor_id, t.id from activity t where t.tenant_id = ? and t.group_key = wanted.key and t.actor_id is not null
      order by t.id desc limit ${MAX_GROUP}) as a) as found`;

/** The people of these groups, but for those who are muted. */
export async function groupsOf(
  { em, tenantId }: Context,
  keys: readonly string[],
  muted: ReadonlySet<string>,
): Promise<Map<string, Group>> {
  if (keys.length === 0) return new Map();
  const rows = await em.execute<{ key: string; actors: string[] | null }[]>(GROUPS, [`{${keys.join(',')}}`, tenantId]);
  return new Map(
    rows.map(({ key, actors }) => {
      const actorIds = [...new Set(actors ?? [])].filter((id) => !muted.has(id));
      return [key, { actorIds, size: actorIds.length }];
    }),
  );
}
