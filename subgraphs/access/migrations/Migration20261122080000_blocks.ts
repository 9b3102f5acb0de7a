import { Migration } from '@mikro-orm/migrations';

/** People may hide from each other; what is noted of it in the history is there for its stamps. */
export class Migration20261122080000_blocks extends Migration {
  override up(): void {
    this.addSql(
      `create table "person_block" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "blocker_id" uuid not null, "blocked_id" uuid not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "person_block_tenant_id_blocked_id_index" on "person_block" ("tenant_id", "blocked_id");`,
    );
    this.addSql(
      `alter table "person_block" add constraint "person_block_unique" unique ("tenant_id", "blocker_id", "blocked_id");`,
    );
    this.addSql(`alter table "person_block" add constraint "person_block_two" check (blocker_id <> blocked_id);`);
    this.addSql(`alter table "person_block" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "person_block" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "access_change" drop constraint "access_change_kind_check";`);
    this.addSql(
      `alter table "access_change" add constraint "access_change_kind_check" check ("kind" in ('BINDING_CREATED', 'BINDING_UPDATED', 'BINDING_REMOVED', 'OVERRIDE_SET', 'OVERRIDE_REMOVED', 'FLAG_SET', 'FLAG_CLEARED', 'ROLE_CREATED', 'ROLE_UPDATED', 'ROLE_DELETED', 'TEMPLATE_UPDATED', 'CATALOGUE_UPDATED', 'SCOPE_REGISTERED', 'SCOPE_MOVED', 'SCOPE_REMOVED', 'BLOCK_CHANGED'));`,
    );
  }

  override down(): void {
    this.addSql(`delete from "access_change" where "kind" = 'BLOCK_CHANGED';`);
    this.addSql(`alter table "access_change" drop constraint "access_change_kind_check";`);
    this.addSql(
      `alter table "access_change" add constraint "access_change_kind_check" check ("kind" in ('BINDING_CREATED', 'BINDING_UPDATED', 'BINDING_REMOVED', 'OVERRIDE_SET', 'OVERRIDE_REMOVED', 'FLAG_SET', 'FLAG_CLEARED', 'ROLE_CREATED', 'ROLE_UPDATED', 'ROLE_DELETED', 'TEMPLATE_UPDATED', 'CATALOGUE_UPDATED', 'SCOPE_REGISTERED', 'SCOPE_MOVED', 'SCOPE_REMOVED'));`,
    );
    this.addSql(`drop table if exists "person_block" cascade;`);
  }
}
