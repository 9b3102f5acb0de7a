import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';
import { fileTableDownSql, fileTableSql } from '@polity/kernel/files/file-table';
import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';

// Keys name the tenant, so no row can hang below another tenant's, whatever wall is down.
const foreignKeys = ['achievement_grant', 'progress'].map(
  (table) =>
    `alter table ${table} add constraint ${table}_achievement_fk foreign key (tenant_id, achievement_id) references achievement (tenant_id, id) on delete cascade`,
);

// An index per reason to see an achievement, and one that keeps grants from standing twice.
const partialIndexes = [
  `create index achievement_public on achievement (tenant_id, id) where visibility = 'PUBLIC'`,
  `create index achievement_of_community on achievement (tenant_id, community_id, id) where visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null`,
  `create index achievement_of_team on achievement (tenant_id, team_id, id) where visibility = 'TEAM'`,
  `create index achievement_at_tenant on achievement (tenant_id, id) where community_id is null and team_id is null`,
  `create index achievement_private on achievement (tenant_id, author_id, id) where visibility = 'PRIVATE'`,
  `create index achievement_hidden on achievement (tenant_id, author_id, id) where hidden_at is not null`,
  `create unique index achievement_grant_active on achievement_grant (tenant_id, achievement_id, user_id, period) where status = 'ACTIVE'`,
];

export class Migration20261122072452_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "achievement" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "author_id" uuid not null, "visibility" text not null, "edited_at" timestamptz null, "hidden_at" timestamptz null, "community_id" uuid null, "team_id" uuid null, "chosen_visibility" text not null, "hidden" boolean not null, "key" varchar(255) not null, "name" varchar(255) not null, "description" text not null, "kind" text not null, "points" int not null, "image_file" text null, "criteria" jsonb null, "period" text not null, "valid_for_days" int null, "version" int not null, "rule_version" int not null, "replayed_version" int null, "event_types" text[] not null, "after_keys" text[] not null, "rule_error" text null, "archived_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "achievement_image_file_index" on "achievement" ("image_file");`);
    this.addSql(
      `create index "achievement_tenant_id_community_id_id_index" on "achievement" ("tenant_id", "community_id", "id");`,
    );
    this.addSql(
      `create index "achievement_tenant_id_team_id_id_index" on "achievement" ("tenant_id", "team_id", "id");`,
    );
    this.addSql(
      `alter table "achievement" add constraint "achievement_tenant_id_id_unique" unique ("tenant_id", "id");`,
    );
    this.addSql(`alter table "achievement" add constraint "achievement_key_unique" unique ("tenant_id", "key");`);
    this.addSql(
      `create table "fact" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "seq" bigserial, "type" varchar(255) not null, "occurred_at" timestamptz not null, "actor_id" uuid null, "person_id" uuid null, "community_id" uuid null, "team_id" uuid null, "data" jsonb not null, primary key ("id"));`,
    );
    this.addSql(`create index "fact_tenant_id_seq_index" on "fact" ("tenant_id", "seq");`);
    this.addSql(`create index "fact_tenant_id_type_occurred_at_index" on "fact" ("tenant_id", "type", "occurred_at");`);
    this.addSql(`create index "fact_tenant_id_actor_id_index" on "fact" ("tenant_id", "actor_id");`);
    this.addSql(`create index "fact_tenant_id_person_id_index" on "fact" ("tenant_id", "person_id");`);
    this.addSql(`create index "fact_tenant_id_community_id_index" on "fact" ("tenant_id", "community_id");`);
    this.addSql(`create index "fact_tenant_id_team_id_index" on "fact" ("tenant_id", "team_id");`);
    this.addSql(
      `create table "achievement_grant" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "achievement_id" uuid not null, "user_id" uuid not null, "period" varchar(255) not null, "version" int not null, "status" text not null, "granted_at" timestamptz not null, "granted_by" uuid null, "reason" text null, "evidence" jsonb null, "expires_at" timestamptz null, "revoked_at" timestamptz null, "revoked_by" uuid null, "revoke_reason" text null, primary key ("id"));`,
    );
    this.addSql(
      `create index "achievement_grant_tenant_id_user_id_id_index" on "achievement_grant" ("tenant_id", "user_id", "id");`,
    );
    this.addSql(
      `create index "achievement_grant_tenant_id_achievement_id_id_index" on "achievement_grant" ("tenant_id", "achievement_id", "id");`,
    );
    this.addSql(
      `create index "achievement_grant_holder" on "achievement_grant" ("tenant_id", "achievement_id", "user_id", "period");`,
    );
    this.addSql(
      `alter table "achievement_grant" add constraint "achievement_grant_tenant_id_id_unique" unique ("tenant_id", "id");`,
    );
    this.addSql(
      `create table "player" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "zones" jsonb not null, primary key ("id"));`,
    );
    this.addSql(`alter table "player" add constraint "player_unique" unique ("tenant_id", "user_id");`);
    this.addSql(
      `create table "progress" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "achievement_id" uuid not null, "user_id" uuid not null, "period" varchar(255) not null, "state" jsonb not null, "current" double precision not null, "target" double precision not null, "deserved" boolean not null, "revoked" boolean not null, "completed_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "progress_tenant_id_user_id_id_index" on "progress" ("tenant_id", "user_id", "id");`);
    this.addSql(
      `alter table "progress" add constraint "progress_unique" unique ("tenant_id", "achievement_id", "user_id", "period");`,
    );
    this.addSql(
      `alter table "achievement" add constraint "achievement_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(
      `alter table "achievement" add constraint "achievement_chosen_visibility_check" check ("chosen_visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(
      `alter table "achievement" add constraint "achievement_kind_check" check ("kind" in ('ACHIEVEMENT', 'BADGE'));`,
    );
    this.addSql(
      `alter table "achievement" add constraint "achievement_period_check" check ("period" in ('ONCE', 'DAY', 'WEEK', 'MONTH', 'YEAR'));`,
    );
    this.addSql(`alter table "achievement" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "achievement" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "fact" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "fact" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "achievement_grant" add constraint "achievement_grant_status_check" check ("status" in ('ACTIVE', 'EXPIRED', 'REVOKED'));`,
    );
    this.addSql(`alter table "achievement_grant" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "achievement_grant" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "player" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "player" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "progress" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "progress" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    for (const sql of [...foreignKeys, ...partialIndexes]) this.addSql(sql);
    for (const sql of fileTableSql(['achievement.image_file'])) this.addSql(sql);
    for (const sql of eventTablesSql) this.addSql(sql);
    for (const sql of jobTableSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of fileTableDownSql) this.addSql(sql);
    for (const sql of jobTableDownSql) this.addSql(sql);
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "achievement" cascade;`);
    this.addSql(`drop table if exists "fact" cascade;`);
    this.addSql(`drop table if exists "achievement_grant" cascade;`);
    this.addSql(`drop table if exists "player" cascade;`);
    this.addSql(`drop table if exists "progress" cascade;`);
  }
}
