import { Migration } from '@mikro-orm/migrations';

// Old rows of all tenants go together, so these functions pass the walls between tenants as their owner. A change whose stamps are not
// confirmed stays, and so does every change of the last 30 days, for as long as a late event may still ask for it.
const functions = [
  `create function remove_old_decisions(older_than timestamptz, most int) returns int
    language sql security definer set search_path = public, pg_temp as $$
    with gone as (delete from decision_log where seq in (
      select seq from decision_log where at < older_than order by at limit most for update skip locked
    ) returning 1) select count(*)::int from gone $$`,
  `create function remove_old_changes(older_than timestamptz, most int) returns int
    language sql security definer set search_path = public, pg_temp as $$
    with gone as (delete from access_change where seq in (
      select seq from access_change where at < least(older_than, now() - interval '30 days') and stamped
      order by at limit most for update skip locked
    ) returning 1) select count(*)::int from gone $$`,
];

export class Migration20261121190000_housekeeping extends Migration {
  override up(): void {
    this.addSql('create index decision_log_at_index on decision_log (at)');
    this.addSql('create index access_change_at_index on access_change (at)');
    for (const sql of functions) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop function remove_old_decisions(timestamptz, int)');
    this.addSql('drop function remove_old_changes(timestamptz, int)');
    this.addSql('drop index decision_log_at_index');
    this.addSql('drop index access_change_at_index');
  }
}
