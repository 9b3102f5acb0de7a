import { Migration } from '@mikro-orm/migrations';

// Old rows of all tenants go together, so these functions pass the walls between tenants as their owner; they take rows that are over only.
const functions = [
  `create function remove_old_audit(older_than timestamptz, most int) returns int
    language sql security definer set search_path = public, pg_temp as $$
    with gone as (delete from audit_entry where id in (
      select id from audit_entry where created_at < least(older_than, now() - interval '30 days') order by created_at limit most
    ) returning 1) select count(*)::int from gone $$`,
  `create function remove_over_invitations(older_than timestamptz, most int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare over uuid[] := array(select id from invitation where expires_at < older_than order by expires_at limit most for update skip locked);
    begin
      delete from invitation_use where invitation_id = any(over);
      delete from invitation where id = any(over);
      return coalesce(array_length(over, 1), 0);
    end $$`,
  `create function remove_pending_accounts(older_than timestamptz, most int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare abandoned uuid[] := array(select id from user_account u where status = 'PENDING' and created_at < older_than
      and not exists (select 1 from token t where t.user_id = u.id and t.expires_at >= older_than + interval '7 days')
      limit most for update skip locked);
    begin
      delete from token where user_id = any(abandoned);
      delete from user_account where id = any(abandoned);
      return coalesce(array_length(abandoned, 1), 0);
    end $$`,
];

export class Migration20261121190000_housekeeping extends Migration {
  override up(): void {
    this.addSql('create index audit_entry_created_at_index on audit_entry (created_at)');
    this.addSql('create index invitation_expires_at_index on invitation (expires_at)');
    // The log stays append-only; what is older than a month may go, and nothing younger, whoever asks.
    this.addSql('drop trigger append_only on audit_entry');
    this.addSql(
      'create trigger append_only before update or truncate on audit_entry for each statement execute function refuse_change()',
    );
    this.addSql(
      `create trigger keep_recent before delete on audit_entry for each row
        when (old.created_at > now() - interval '30 days') execute function refuse_change()`,
    );
    for (const sql of functions) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop function remove_old_audit(timestamptz, int)');
    this.addSql('drop function remove_over_invitations(timestamptz, int)');
    this.addSql('drop function remove_pending_accounts(timestamptz, int)');
    this.addSql('drop trigger keep_recent on audit_entry');
    this.addSql('drop trigger append_only on audit_entry');
    this.addSql(
      'create trigger append_only before update or delete or truncate on audit_entry for each statement execute function refuse_change()',
    );
    this.addSql('drop index audit_entry_created_at_index');
    this.addSql('drop index invitation_expires_at_index');
  }
}
