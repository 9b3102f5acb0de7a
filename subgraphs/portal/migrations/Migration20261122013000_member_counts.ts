import { Migration } from '@mikro-orm/migrations';

const OF_TENANT = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";

// A change is a row of its own, so that no two who join one place at once wait for each other, as they would for a number in one row.
const tables = [
  `create table member_count (tenant_id uuid not null, place_id uuid not null, members int not null,
    primary key (tenant_id, place_id))`,
  `create table member_count_change (id bigint generated always as identity primary key,
    tenant_id uuid not null, place_id uuid not null, delta int not null)`,
  'create index member_count_change_place on member_count_change (tenant_id, place_id)',
  ...['member_count', 'member_count_change'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `create policy tenant on ${table} using (${OF_TENANT}) with check (${OF_TENANT})`,
  ]),
];

// By a trigger, so that whatever makes or ends a membership counts in its own transaction: verbs, mirrors, an erased person, a removed place.
const triggers = [
  `create function note_member_count() returns trigger language plpgsql as $$
    declare
      counted boolean := tg_op <> 'INSERT' and coalesce(to_jsonb(old) ->> 'status', 'ACTIVE') = 'ACTIVE';
      counts boolean := tg_op <> 'DELETE' and coalesce(to_jsonb(new) ->> 'status', 'ACTIVE') = 'ACTIVE';
      membership jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
    begin
      if counted <> counts then
        insert into member_count_change (tenant_id, place_id, delta)
        values ((membership ->> 'tenant_id')::uuid, (membership ->> tg_argv[0])::uuid, case when counts then 1 else -1 end);
      end if;
      return null;
    end $$`,
  `create trigger note_member_count after insert or delete or update of status on community_membership
    for each row execute function note_member_count('community_id')`,
  `create trigger note_member_count after insert or delete on team_membership
    for each row execute function note_member_count('team_id')`,
];

const MEMBERS = `select tenant_id, community_id as place_id, count(*)::int as members from community_membership
    where status = 'ACTIVE' group by tenant_id, community_id
  union all select tenant_id, team_id, count(*)::int from team_membership group by tenant_id, team_id`;

// For all tenants together, so these pass the walls between them as their owner. They name no row and tell nothing but a number.
const functions = [
  `create function fold_member_counts(most int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare folded int;
    begin
      with taken as (
        delete from member_count_change where id = any(array(
          select id from member_count_change order by id limit most for update skip locked)) returning tenant_id, place_id, delta),
      sums as (select tenant_id, place_id, sum(delta)::int as delta, count(*)::int as changes from taken group by tenant_id, place_id),
      kept as (insert into member_count as c (tenant_id, place_id, members) select tenant_id, place_id, delta from sums
        on conflict (tenant_id, place_id) do update set members = c.members + excluded.members)
      select coalesce(sum(changes), 0) into folded from sums;
      return folded;
    end $$`,
  // One statement sees memberships and counts as of one moment; what it finds it corrects by changes, which nobody waits for either.
  `create function reconcile_member_counts() returns int
    language sql security definer set search_path = public, pg_temp as $$
    with counted as (select tenant_id, place_id, sum(members)::int as members from (
        select tenant_id, place_id, members from member_count union all select tenant_id, place_id, delta from member_count_change) known
      group by tenant_id, place_id),
    wrong as (select coalesce(r.tenant_id, c.tenant_id) as tenant_id, coalesce(r.place_id, c.place_id) as place_id,
        coalesce(r.members, 0) - coalesce(c.members, 0) as delta
      from (${MEMBERS}) r full join counted c on c.tenant_id = r.tenant_id and c.place_id = r.place_id
      where coalesce(r.members, 0) <> coalesce(c.members, 0)),
    corrected as (insert into member_count_change (tenant_id, place_id, delta) select tenant_id, place_id, delta from wrong returning 1)
    select count(*)::int from corrected $$`,
];

/** How many members communities and teams have, without counting them for each who asks. */
export class Migration20261122013000_member_counts extends Migration {
  override up(): void {
    for (const sql of [...tables, ...triggers, ...functions]) this.addSql(sql);
    this.addSql(
      `insert into member_count (tenant_id, place_id, members) select tenant_id, place_id, members from (${MEMBERS}) found`,
    );
  }

  override down(): void {
    this.addSql('drop trigger note_member_count on community_membership');
    this.addSql('drop trigger note_member_count on team_membership');
    this.addSql('drop function note_member_count()');
    this.addSql('drop function fold_member_counts(int)');
    this.addSql('drop function reconcile_member_counts()');
    this.addSql('drop table member_count_change');
    this.addSql('drop table member_count');
  }
}
