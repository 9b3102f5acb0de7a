import { Migration } from '@mikro-orm/migrations';
import { eventTablesSql } from '@polity/kernel/events/outbox';

export class Migration20261120000000_initial extends Migration {
  override name = 'Migration20261120000000_initial';

  override up(): void {
    this.addSql(
      `create table "access_change" ("seq" bigserial primary key, "at" timestamptz not null default clock_timestamp(), "tenant_id" uuid null, "subject_id" uuid null, "scope_id" uuid null, "kind" text not null, "before" jsonb null, "after" jsonb null, "actor_id" uuid null, "reason" text null, "request_id" text null, "stamps" jsonb not null, "stamped" boolean not null default false);`,
    );
    this.addSql(`create index "access_change_tenant_id_seq_index" on "access_change" ("tenant_id", "seq");`);
    this.addSql(`create index access_change_unstamped on access_change (seq) where not stamped;`);
    this.addSql(
      `alter table "access_change" add constraint "access_change_kind_check" check ("kind" in ('BINDING_CREATED', 'BINDING_UPDATED', 'BINDING_REMOVED', 'OVERRIDE_SET', 'OVERRIDE_REMOVED', 'FLAG_SET', 'FLAG_CLEARED', 'ROLE_CREATED', 'ROLE_UPDATED', 'ROLE_DELETED', 'TEMPLATE_UPDATED', 'CATALOGUE_UPDATED', 'SCOPE_REGISTERED', 'SCOPE_MOVED', 'SCOPE_REMOVED'));`,
    );
    this.addSql(`create table "catalogue" ("id" serial primary key, "version" bigint not null);`);
    this.addSql(`alter table "catalogue" add constraint "catalogue_one_row" check (id = 1);`);
    this.addSql(
      `create table "decision_log" ("seq" bigserial primary key, "at" timestamptz not null, "tenant_id" uuid not null, "subject_id" text null, "permission" text not null, "scope_type" text not null, "scope_id" text not null, "allowed" boolean not null, "reason" text not null, "row_id" uuid null, "version" text not null, "request_id" text null, "asked_by" text null);`,
    );
    this.addSql(`create index "decision_log_tenant_id_seq_index" on "decision_log" ("tenant_id", "seq");`);
    this.addSql(
      `create table "permission" ("code" text not null, "bit" int not null, "description" text not null, "scope_types" text[] not null, "declared_by" text not null, "retired_at" timestamptz null, primary key ("code"));`,
    );
    this.addSql(`alter table "permission" add constraint "permission_bit_unique" unique ("bit");`);
    this.addSql(
      `create table "platform_version" ("subject_id" uuid not null, "v" bigint not null, primary key ("subject_id"));`,
    );
    this.addSql(
      `create table "policy_override" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "subject_id" uuid not null, "permission" text not null, "scope_id" uuid not null, "effect" text not null, "valid_from" timestamptz null, "valid_until" timestamptz null, "granted_by" uuid null, "reason" text not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "policy_override_tenant_id_scope_id_index" on "policy_override" ("tenant_id", "scope_id");`,
    );
    this.addSql(
      `alter table "policy_override" add constraint "policy_override_tenant_id_subject_id_permission_scope_id_unique" unique ("tenant_id", "subject_id", "permission", "scope_id");`,
    );
    this.addSql(
      `alter table "policy_override" add constraint "policy_override_interval" check (valid_from < valid_until);`,
    );
    this.addSql(
      `alter table "policy_override" add constraint "policy_override_effect_check" check ("effect" in ('ALLOW', 'DENY'));`,
    );
    this.addSql(
      `create table "policy_test" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "source" text not null, "updated_by" uuid null, "updated_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`alter table "policy_test" add constraint "policy_test_tenant_id_unique" unique ("tenant_id");`);
    this.addSql(
      `create table "role" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid null, "key" text not null, "scope_type" text not null, "name" text not null, "description" text null, "permissions" text[] not null, "version" int not null default 1, "copied_from" uuid null, "copied_version" int null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "role" add constraint "role_scope_type_check" check ("scope_type" in ('TENANT', 'COMMUNITY', 'TEAM'));`,
    );
    this.addSql(
      `create table "role_binding" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "subject_id" uuid not null, "role_id" uuid not null, "scope_id" uuid not null, "valid_from" timestamptz null, "valid_until" timestamptz null, "granted_by" uuid null, "reason" text null, primary key ("id"));`,
    );
    this.addSql(`create index "role_binding_role_id_index" on "role_binding" ("role_id");`);
    this.addSql(
      `create index "role_binding_tenant_id_scope_id_subject_id_index" on "role_binding" ("tenant_id", "scope_id", "subject_id");`,
    );
    this.addSql(
      `alter table "role_binding" add constraint "role_binding_tenant_id_subject_id_role_id_scope_id_unique" unique ("tenant_id", "subject_id", "role_id", "scope_id");`,
    );
    this.addSql(`alter table "role_binding" add constraint "role_binding_interval" check (valid_from < valid_until);`);
    this.addSql(
      `create table "scope" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "type" text not null, "parent_id" uuid null, primary key ("id"));`,
    );
    this.addSql(`create index "scope_tenant_id_parent_id_index" on "scope" ("tenant_id", "parent_id");`);
    this.addSql(`alter table "scope" add constraint "scope_tenant_id_id_unique" unique ("tenant_id", "id");`);
    this.addSql(
      `alter table "scope" add constraint "scope_type_check" check ("type" in ('TENANT', 'COMMUNITY', 'TEAM'));`,
    );
    this.addSql(
      `create table "subject_flag" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid null, "subject_id" uuid not null, "flag" text not null, "valid_until" timestamptz null, "granted_by" uuid null, "reason" text null, primary key ("id"));`,
    );
    this.addSql(`create index "subject_flag_subject_id_index" on "subject_flag" ("subject_id");`);
    this.addSql(
      `alter table "subject_flag" add constraint "subject_flag_flag_check" check ("flag" in ('SUSPENDED', 'SYSTEM_ADMIN'));`,
    );
    this.addSql(
      `create table "subject_version" ("tenant_id" uuid not null, "subject_id" uuid not null, "v" bigint not null, primary key ("tenant_id", "subject_id"));`,
    );
    this.addSql(
      `create table "tenant_version" ("tenant_id" uuid not null, "roles_v" bigint not null, "tree_v" bigint not null, primary key ("tenant_id"));`,
    );
    this.addSql(`alter table "access_change" enable row level security;`);
    this.addSql(
      `create policy "read" on "access_change" for select using (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid or (tenant_id is null and subject_id is null) or (nullif(current_setting('app.tenant', true), '')::uuid is null and not stamped));`,
    );
    this.addSql(
      `create policy "add" on "access_change" for insert with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "change" on "access_change" for update using (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "decision_log" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "decision_log" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "policy_override" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "policy_override" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "policy_test" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "policy_test" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "role" enable row level security;`);
    this.addSql(
      `create policy "read" on "role" for select using (tenant_id is null or tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "add" on "role" for insert with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "change" on "role" for update using (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "remove" on "role" for delete using (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "role_binding" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "role_binding" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "scope" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "scope" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "subject_flag" enable row level security;`);
    this.addSql(
      `create policy "read" on "subject_flag" for select using (tenant_id is null or tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "add" on "subject_flag" for insert with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "change" on "subject_flag" for update using (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "remove" on "subject_flag" for delete using (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "subject_version" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "subject_version" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    // Templates and platform-wide flags have no tenant, and are still unique.
    this.addSql(
      `alter table "role" add constraint "role_key_unique" unique nulls not distinct ("tenant_id", "key", "scope_type");`,
    );
    this.addSql(
      `alter table "subject_flag" add constraint "subject_flag_unique" unique nulls not distinct ("subject_id", "tenant_id", "flag");`,
    );
    this.addSql(
      `alter table "scope" add constraint "scope_parent_foreign" foreign key ("tenant_id", "parent_id") references "scope" ("tenant_id", "id") deferrable initially deferred;`,
    );
    this.addSql(
      `alter table "role_binding" add constraint "role_binding_scope_foreign" foreign key ("tenant_id", "scope_id") references "scope" ("tenant_id", "id");`,
    );
    this.addSql(
      `alter table "role_binding" add constraint "role_binding_role_foreign" foreign key ("role_id") references "role" ("id");`,
    );
    this.addSql(
      `alter table "policy_override" add constraint "policy_override_scope_foreign" foreign key ("tenant_id", "scope_id") references "scope" ("tenant_id", "id");`,
    );
    this.addSql(
      `alter table "policy_override" add constraint "policy_override_permission_foreign" foreign key ("permission") references "permission" ("code");`,
    );
    for (const sql of eventTablesSql) this.addSql(sql);
  }
}
