import { any, never, type Sql, sql } from '@polity/kernel/db/sql';
import type { Context } from '../../context.ts';
import { codes } from '../event/event.policy.ts';

const ids = (list: readonly string[]) => `{${list.join(',')}}`;
const ANSWERED = `exists (select 1 from rsvp r where r.tenant_id = t.tenant_id and r.event_id = t.id and r.user_id = ? and r.status <> 'NOT_GOING')`;

/** Events that are the viewer's: at scopes to which they belong, that they made or organize, and to which they go, wait to go, or have an eye on. */
export async function mine({ access, viewer }: Pick<Context, 'access' | 'viewer'>): Promise<Sql> {
  if (viewer.kind !== 'user') return never;
  const { memberOf } = (await access.authorizer()).sees(codes);
  return any(
    sql(
      't.author_id = ? or t.organizer_id = ? or t.co_organizers @> array[cast(? as text)]',
      viewer.id,
      viewer.id,
      viewer.id,
    ),
    sql(ANSWERED, viewer.id),
    sql('t.team_id = any(?::uuid[])', ids(memberOf.teams)),
    sql('t.team_id is null and t.community_id = any(?::uuid[])', ids(memberOf.communities)),
    ...(memberOf.tenant ? [sql('t.team_id is null and t.community_id is null')] : []),
  );
}
