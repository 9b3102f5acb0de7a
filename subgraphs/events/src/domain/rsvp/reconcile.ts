import type { EntityManager } from '@mikro-orm/postgresql';
import type { Event } from '../event/event.entity.ts';

const STATUSES = { interested: 'INTERESTED', going: 'GOING', not_going: 'NOT_GOING', waitlisted: 'WAITLISTED' };
const counts = (row: string) =>
  Object.entries(STATUSES)
    .map(([name, status]) => `count(*) filter (where ${row}.status = '${status}')::int as ${name}`)
    .join(', ');
const seats = (row: string) =>
  `coalesce(sum(1 + ${row}.guests) filter (where ${row}.status = 'GOING'), 0)::int as seats`;
const NAMES = [...Object.keys(STATUSES), 'seats'];
const MARKED = ['attended', 'absent'];
const COLUMNS = [...NAMES, ...NAMES.map((name) => `off_${name}`), ...MARKED];

const RECONCILE = `with own as (select r.occurrence, ${counts('r')}, ${seats('r')} from rsvp r where r.event_id = ? and r.tenant_id = ? group by 1),
  off as (select d.occurrence, ${counts('w')}, ${seats('w')} from rsvp d
    join rsvp w on w.event_id = d.event_id and w.user_id = d.user_id and w.occurrence is null and w.tenant_id = d.tenant_id
    where d.event_id = ? and d.tenant_id = ? and d.occurrence is not null group by 1),
  marks as (select a.occurrence, count(*) filter (where a.present)::int as attended, count(*) filter (where not a.present)::int as absent
    from attendance a where a.event_id = ? and a.tenant_id = ? group by 1),
  fresh as (select t.id, ${MARKED.map((name) => `coalesce(marks.${name}, 0) as ${name}`).join(', ')}, ${NAMES.map((name) => `coalesce(own.${name}, 0) as ${name}, coalesce(off.${name}, 0) as off_${name}`).join(', ')}
    from tally t left join own on own.occurrence is not distinct from t.occurrence left join off on off.occurrence = t.occurrence
      left join marks on marks.occurrence is not distinct from t.occurrence
    where t.event_id = ? and t.tenant_id = ?)
  update tally t set ${COLUMNS.map((name) => `${name} = f.${name}`).join(', ')} from fresh f
  where f.id = t.id and (${COLUMNS.map((name) => `t.${name}`).join(', ')}) is distinct from (${COLUMNS.map((name) => `f.${name}`).join(', ')}) returning 1`;

/** Counts the answers to an event and who was there anew, its row locked; returns how many counts were wrong. */
export async function reconcile(tx: EntityManager, { id, tenantId }: Event): Promise<number> {
  return (await tx.execute<unknown[]>(RECONCILE, [id, tenantId, id, tenantId, id, tenantId, id, tenantId])).length;
}
