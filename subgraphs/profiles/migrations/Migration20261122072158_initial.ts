import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';
import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';

export class Migration20261122072158_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "follow" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "follower_id" uuid not null, "followed_id" uuid not null, "status" text not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "follow_tenant_id_followed_id_status_id_index" on "follow" ("tenant_id", "followed_id", "status", "id");`,
    );
    this.addSql(
      `create index "follow_tenant_id_follower_id_status_id_index" on "follow" ("tenant_id", "follower_id", "status", "id");`,
    );
    this.addSql(
      `alter table "follow" add constraint "follow_unique" unique ("tenant_id", "follower_id", "followed_id");`,
    );
    this.addSql(
      `create table "profile" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "bio" text null, "pronouns" text null, "location" text null, "links" jsonb not null, "interests" jsonb not null, "locale" text null, "time_zone" text null, "status_text" text null, "status_until" timestamptz null, "field_values" jsonb not null, "privacy" jsonb not null, "approves_followers" boolean not null, primary key ("id"));`,
    );
    this.addSql(`alter table "profile" add constraint "profile_unique" unique ("tenant_id", "user_id");`);
    this.addSql(
      `create table "profile_field" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "label" text not null, "type" text not null, "choices" jsonb not null, "audience" text not null, "position" int not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "profile_field_tenant_id_position_id_index" on "profile_field" ("tenant_id", "position", "id");`,
    );
    this.addSql(`alter table "follow" add constraint "follow_two" check (follower_id <> followed_id);`);
    this.addSql(
      `alter table "follow" add constraint "follow_status_check" check ("status" in ('REQUESTED', 'ACTIVE'));`,
    );
    this.addSql(`alter table "follow" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "follow" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "profile" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "profile" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "profile_field" add constraint "profile_field_type_check" check ("type" in ('TEXT', 'CHOICE', 'DATE', 'LINK'));`,
    );
    this.addSql(
      `alter table "profile_field" add constraint "profile_field_audience_check" check ("audience" in ('EVERYONE', 'MEMBERS', 'FOLLOWERS', 'NOBODY'));`,
    );
    this.addSql(`alter table "profile_field" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "profile_field" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    for (const sql of eventTablesSql) this.addSql(sql);
    for (const sql of jobTableSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of jobTableDownSql) this.addSql(sql);
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "follow" cascade;`);
    this.addSql(`drop table if exists "profile" cascade;`);
    this.addSql(`drop table if exists "profile_field" cascade;`);
  }
}
