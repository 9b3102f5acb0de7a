import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';

const foreignKeys = [
  `alter table "community_membership" add constraint "community_membership_community_fk" foreign key ("tenant_id", "community_id") references "community" ("tenant_id", "id");`,
  `alter table "team" add constraint "team_community_fk" foreign key ("tenant_id", "community_id") references "community" ("tenant_id", "id");`,
  `alter table "team_membership" add constraint "team_membership_team_fk" foreign key ("tenant_id", "team_id") references "team" ("tenant_id", "id") on delete cascade;`,
  `alter table "post" add constraint "post_community_fk" foreign key ("tenant_id", "community_id") references "community" ("tenant_id", "id");`,
  `alter table "post" add constraint "post_team_fk" foreign key ("tenant_id", "community_id", "team_id") references "team" ("tenant_id", "community_id", "id") on delete cascade;`,
  `alter table "post" add constraint "post_team_in_community" check ("team_id" is null or "community_id" is not null);`,
];

export class Migration20261120000000_initial extends Migration {
  override name = 'Migration20261120000000_initial';

  override up(): void {
    this.addSql(
      `create table "community" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "slug" varchar(255) not null, "name" varchar(255) not null, "description" text null, "join_policy" text not null, "visibility" text not null, "archived_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "community_tenant_id_name_id_index" on "community" ("tenant_id", "name", "id");`);
    this.addSql(`alter table "community" add constraint "community_slug_unique" unique ("tenant_id", "slug");`);
    this.addSql(`alter table "community" add constraint "community_tenant_id_id_unique" unique ("tenant_id", "id");`);

    this.addSql(
      `create table "community_membership" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "community_id" uuid not null, "user_id" uuid not null, "status" text not null, "role_key" text not null, "invited_by" uuid null, "joined_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(
      `create index "community_membership_tenant_id_user_id_status_index" on "community_membership" ("tenant_id", "user_id", "status");`,
    );
    this.addSql(
      `create index "community_membership_tenant_id_community_id_status_id_index" on "community_membership" ("tenant_id", "community_id", "status", "id");`,
    );
    this.addSql(
      `alter table "community_membership" add constraint "community_membership_unique" unique ("tenant_id", "community_id", "user_id");`,
    );

    this.addSql(
      `create table "module_setting" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "scope_type" text not null, "scope_id" uuid not null, "key" varchar(255) not null, "enabled" boolean not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "module_setting" add constraint "module_setting_unique" unique ("tenant_id", "scope_id", "key");`,
    );

    this.addSql(
      `create table "team" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "community_id" uuid not null, "slug" varchar(255) not null, "name" varchar(255) not null, "description" text null, primary key ("id"));`,
    );
    this.addSql(
      `create index "team_tenant_id_community_id_name_id_index" on "team" ("tenant_id", "community_id", "name", "id");`,
    );
    this.addSql(`alter table "team" add constraint "team_slug_unique" unique ("tenant_id", "community_id", "slug");`);
    this.addSql(`alter table "team" add constraint "team_tenant_id_id_unique" unique ("tenant_id", "id");`);
    this.addSql(
      `alter table "team" add constraint "team_tenant_id_community_id_id_unique" unique ("tenant_id", "community_id", "id");`,
    );

    this.addSql(
      `create table "post" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "author_id" uuid not null, "community_id" uuid null, "team_id" uuid null, "title" varchar(255) not null, "body" text not null, "body_html" text not null, "visibility" text not null, "edited_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "post_tenant_id_id_index" on "post" ("tenant_id", "id");`);
    this.addSql(`create index "post_tenant_id_community_id_id_index" on "post" ("tenant_id", "community_id", "id");`);
    this.addSql(`create index "post_tenant_id_team_id_id_index" on "post" ("tenant_id", "team_id", "id");`);

    this.addSql(
      `create table "team_membership" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "team_id" uuid not null, "user_id" uuid not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "team_membership_tenant_id_user_id_index" on "team_membership" ("tenant_id", "user_id");`,
    );
    this.addSql(
      `alter table "team_membership" add constraint "team_membership_unique" unique ("tenant_id", "team_id", "user_id");`,
    );

    this.addSql(
      `alter table "community" add constraint "community_join_policy_check" check ("join_policy" in ('OPEN', 'REQUEST', 'INVITE'));`,
    );
    this.addSql(
      `alter table "community" add constraint "community_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'PRIVATE'));`,
    );
    this.addSql(`alter table "community" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "community" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );

    this.addSql(
      `alter table "community_membership" add constraint "community_membership_status_check" check ("status" in ('ACTIVE', 'PENDING', 'INVITED', 'BANNED'));`,
    );
    this.addSql(
      `alter table "community_membership" add constraint "community_membership_role_key_check" check ("role_key" in ('portal.member', 'portal.moderator', 'portal.owner'));`,
    );
    this.addSql(`alter table "community_membership" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "community_membership" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );

    this.addSql(
      `alter table "module_setting" add constraint "module_setting_scope_type_check" check ("scope_type" in ('TENANT', 'COMMUNITY', 'TEAM'));`,
    );
    this.addSql(`alter table "module_setting" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "module_setting" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );

    this.addSql(`alter table "team" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "team" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );

    this.addSql(
      `alter table "post" add constraint "post_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(`alter table "post" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "post" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );

    this.addSql(`alter table "team_membership" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "team_membership" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );

    // Keys name the tenant, so no row can hang below another tenant's, whatever wall is down.
    for (const sql of foreignKeys) this.addSql(sql);
    for (const sql of eventTablesSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "community" cascade;`);
    this.addSql(`drop table if exists "community_membership" cascade;`);
    this.addSql(`drop table if exists "module_setting" cascade;`);
    this.addSql(`drop table if exists "team" cascade;`);
    this.addSql(`drop table if exists "post" cascade;`);
    this.addSql(`drop table if exists "team_membership" cascade;`);
  }
}
