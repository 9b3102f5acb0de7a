import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';
import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';

export class Migration20261122040631_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "activity" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "type" text not null, "object_type" text not null, "object_id" uuid not null, "actor_id" uuid null, "owner_id" uuid null, "community_id" uuid null, "team_id" uuid null, "visibility" text not null, "hidden_at" timestamptz null, "occurred_at" timestamptz not null, "group_key" text null, "is_head" boolean not null, primary key ("id"));`,
    );
    this.addSql(`create index "activity_tenant_id_id_index" on "activity" ("tenant_id", "id");`);
    this.addSql(`create index "activity_tenant_id_actor_id_id_index" on "activity" ("tenant_id", "actor_id", "id");`);
    this.addSql(`create index "activity_tenant_id_object_id_index" on "activity" ("tenant_id", "object_id");`);
    this.addSql(`create index "activity_tenant_id_team_id_id_index" on "activity" ("tenant_id", "team_id", "id");`);
    this.addSql(`create index "activity_tenant_id_group_key_id_index" on "activity" ("tenant_id", "group_key", "id");`);
    this.addSql(
      `create table "feed_mute" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "type" text null, "scope_type" text null, "scope_id" uuid null, "muted_id" uuid null, primary key ("id"));`,
    );
    this.addSql(
      `create table "feed_subscription" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "scope_type" text not null, "scope_id" uuid not null, "types" text[] null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "feed_subscription" add constraint "feed_subscription_unique" unique ("tenant_id", "user_id", "scope_id");`,
    );
    this.addSql(
      `create table "read_mark" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "up_to" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`alter table "read_mark" add constraint "read_mark_unique" unique ("tenant_id", "user_id");`);
    this.addSql(
      `alter table "activity" add constraint "activity_object_type_check" check ("object_type" in ('Post', 'Poll', 'Event', 'Community'));`,
    );
    this.addSql(
      `alter table "activity" add constraint "activity_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(`alter table "activity" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "activity" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "feed_mute" add constraint "feed_mute_scope_type_check" check ("scope_type" in ('TENANT', 'COMMUNITY', 'TEAM'));`,
    );
    this.addSql(`alter table "feed_mute" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "feed_mute" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "feed_subscription" add constraint "feed_subscription_scope_type_check" check ("scope_type" in ('TENANT', 'COMMUNITY', 'TEAM'));`,
    );
    this.addSql(`alter table "feed_subscription" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "feed_subscription" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "read_mark" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "read_mark" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`create index activity_public on activity (tenant_id, id) where visibility = 'PUBLIC'`);
    this.addSql(
      `create index activity_of_community on activity (tenant_id, community_id, id) where visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null`,
    );
    this.addSql(`create index activity_of_team on activity (tenant_id, team_id, id) where visibility = 'TEAM'`);
    this.addSql(
      `create index activity_at_tenant on activity (tenant_id, id) where community_id is null and team_id is null`,
    );
    this.addSql(`create index activity_private on activity (tenant_id, owner_id, id) where visibility = 'PRIVATE'`);
    this.addSql(`create index activity_hidden on activity (tenant_id, owner_id, id) where hidden_at is not null`);
    this.addSql(
      `create index activity_open_in_community on activity (tenant_id, community_id, id) where visibility = 'PUBLIC' and hidden_at is null`,
    );
    this.addSql(`create index activity_in_community on activity (tenant_id, community_id, id) where team_id is null`);
    this.addSql(
      `create unique index feed_mute_unique on feed_mute (tenant_id, user_id, type, scope_id, muted_id) nulls not distinct`,
    );
    for (const sql of eventTablesSql) this.addSql(sql);
    for (const sql of jobTableSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of jobTableDownSql) this.addSql(sql);
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "activity" cascade;`);
    this.addSql(`drop table if exists "feed_mute" cascade;`);
    this.addSql(`drop table if exists "feed_subscription" cascade;`);
    this.addSql(`drop table if exists "read_mark" cascade;`);
  }
}
