import { write } from '@polity/kernel/domain/write';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { wordsOf } from './words.ts';

/** A member as identity names them. */
interface Named {
  id: string;
  username: string;
  displayName: string;
}

const MEMBERS = 'query MemberNames($userIds: [ID!], $after: ID) { _memberNames(userIds: $userIds, after: $after) }';
const TENANTS_OF = 'query TenantsOf($userId: ID!) { _tenantsOf(userId: $userId) }';

const UPSERT = `insert into person_name (id, created_at, tenant_id, user_id, username, display_name, words)
  select p.id, ?::timestamptz, ?::uuid, p.user_id, p.username, p.display_name, p.words
  from jsonb_to_recordset(?::jsonb) as p(id uuid, user_id uuid, username text, display_name text, words text)
  on conflict on constraint person_name_unique do update set username = excluded.username, display_name = excluded.display_name, words = excluded.words
  where (person_name.username, person_name.display_name) is distinct from (excluded.username, excluded.display_name)`;
const REMOVE = 'delete from person_name where tenant_id = ? and user_id = any(?::uuid[])';

const indexed = (name: Named) =>
  wordsOf(`${name.displayName} ${name.username}`)
    .map((word) => ` ${word}`)
    .join('');

async function store(ctx: Context, names: readonly Named[]): Promise<void> {
  const rows = names.map((name) => ({
    ...{ id: uuidv7(), user_id: name.id, username: name.username, display_name: name.displayName },
    words: indexed(name),
  }));
  const params = [ctx.clock.now(), ctx.tenantId, JSON.stringify(rows)];
  if (rows.length > 0) await write(ctx, (tx) => tx.execute(UPSERT, params, 'run'));
}

async function membersOf(
  { services }: Context,
  asked: { userIds?: string[]; after?: string | null },
): Promise<Named[]> {
  return (await services.call<{ _memberNames: Named[] }>('identity', MEMBERS, asked))._memberNames;
}

/** Takes over what some people are called now, in the tenant of the context; who is no member there goes. Safe to repeat. */
export async function refresh(ctx: Context, userIds: string[]): Promise<void> {
  const names = await membersOf(ctx, { userIds });
  const there = new Set(names.map(({ id }) => id));
  const gone = userIds.filter((id) => !there.has(id));
  const params = [ctx.tenantId, `{${gone.join(',')}}`];
  if (gone.length > 0) await write(ctx, (tx) => tx.execute(REMOVE, params, 'run'));
  await store(ctx, names);
}

/** The same in every tenant to which somebody belongs. */
export async function refreshEverywhere(ctx: Context, userId: string): Promise<void> {
  const found = await ctx.services.call<{ _tenantsOf: string[] }>('identity', TENANTS_OF, { userId });
  for (const tenantId of found._tenantsOf) await refresh(ctx.inTenant(tenantId), [userId]);
}

const STORED =
  'select user_id as id from person_name where tenant_id = ? and user_id > ?::uuid order by user_id limit 1000';

/** All members of the tenant of the context; answers how many there are. For tenants of before, and to mend what was missed. */
export async function refreshAll(ctx: Context, signal: AbortSignal): Promise<number> {
  let members = 0;
  for (let after: string | null = null; !signal.aborted; ) {
    const names: Named[] = await membersOf(ctx, { after });
    await store(ctx, names);
    members += names.length;
    if (names.length === 0) break;
    after = names.at(-1)?.id ?? null;
  }
  for (let after = '00000000-0000-0000-0000-000000000000'; !signal.aborted; ) {
    const params = [ctx.tenantId, after];
    const rows = await write(ctx, (tx) => tx.execute<{ id: string }[]>(STORED, params));
    if (rows.length === 0) break;
    await refresh(
      ctx,
      rows.map(({ id }) => id),
    );
    after = rows.at(-1)?.id as string;
  }
  return members;
}
