import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';

const tables = [
  `create table "audit_entry" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid null, "type" text not null, "user_id" uuid null, "actor_id" text null, "actor_kind" text not null, "session_id" text null, "request_id" text not null, "address" text null, "device" text null, "data" jsonb not null, primary key ("id"));`,
  `create index "audit_entry_tenant_id_id_index" on "audit_entry" ("tenant_id", "id");`,
  `create index "audit_entry_user_id_id_index" on "audit_entry" ("user_id", "id");`,
  `create table "credential" ("id" uuid not null, "created_at" timestamptz not null, "user_id" uuid not null, "password_hash" text not null, "changed_at" timestamptz not null, primary key ("id"));`,
  `alter table "credential" add constraint "credential_user_id_unique" unique ("user_id");`,
  `create table "tenant_membership" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "status" text not null, "joined_at" timestamptz not null, primary key ("id"));`,
  `create index "tenant_membership_user_id_index" on "tenant_membership" ("user_id");`,
  `alter table "tenant_membership" add constraint "tenant_membership_tenant_id_user_id_unique" unique ("tenant_id", "user_id");`,
  `alter table "tenant_membership" add constraint "tenant_membership_status_check" check ("status" in ('ACTIVE', 'PENDING', 'INVITED', 'BANNED'));`,
  `create table "tenant" ("id" uuid not null, "created_at" timestamptz not null, "slug" varchar(255) not null, "name" varchar(255) not null, "sign_up_policy" text not null, "mfa_required" boolean not null default false, "created_by" uuid null, "updated_at" timestamptz not null, primary key ("id"));`,
  `alter table "tenant" add constraint "tenant_slug_unique" unique ("slug");`,
  `alter table "tenant" add constraint "tenant_sign_up_policy_check" check ("sign_up_policy" in ('OPEN', 'INVITATION', 'CLOSED'));`,
  `create table "token" ("id" uuid not null, "created_at" timestamptz not null, "purpose" text not null, "hash" varchar(255) not null, "user_id" uuid null, "payload" jsonb not null, "expires_at" timestamptz not null, "consumed_at" timestamptz null, primary key ("id"));`,
  `alter table "token" add constraint "token_hash_unique" unique ("hash");`,
  `create index "token_user_id_purpose_index" on "token" ("user_id", "purpose");`,
  `create index "token_expires_at_index" on "token" ("expires_at");`,
  `alter table "token" add constraint "token_purpose_check" check ("purpose" in ('ACTIVATION', 'PASSWORD_RESET', 'MAGIC_LINK', 'EMAIL_CHANGE'));`,
  `create table "user_account" ("id" uuid not null, "created_at" timestamptz not null, "username" varchar(255) not null, "display_name" varchar(255) not null, "email" varchar(255) null, "email_verified_at" timestamptz null, "status" text not null, "home_tenant_id" uuid null, "failed_attempts" int not null default 0, "suspended_reason" text null, "updated_at" timestamptz not null, primary key ("id"));`,
  `alter table "user_account" add constraint "user_account_username_unique" unique ("username");`,
  `alter table "user_account" add constraint "user_account_email_unique" unique ("email");`,
  `alter table "user_account" add constraint "user_account_status_check" check ("status" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DELETED'));`,
  `alter table "audit_entry" enable row level security;`,
  `create policy "tenant_or_self" on "audit_entry" for select using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid or user_id::text = current_setting('app.viewer', true));`,
  `create policy "append" on "audit_entry" for insert with check (true);`,
  `alter table "tenant_membership" enable row level security;`,
  `create policy "tenant_or_self" on "tenant_membership" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid or user_id::text = current_setting('app.viewer', true)) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid or user_id::text = current_setting('app.viewer', true));`,
];

const references = [
  `alter table credential add foreign key (user_id) references user_account (id)`,
  `alter table token add foreign key (user_id) references user_account (id)`,
  `alter table tenant_membership add foreign key (user_id) references user_account (id)`,
  `alter table tenant_membership add foreign key (tenant_id) references tenant (id)`,
  `alter table user_account add foreign key (home_tenant_id) references tenant (id)`,
];

// The log is evidence: whoever gets hold of the serving role can add to it, and nothing else.
const appendOnly = [
  `create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'the audit log is append-only'; end $$`,
  `create trigger append_only before update or delete or truncate on audit_entry for each statement execute function refuse_change()`,
];

export class Migration20261120000000_initial extends Migration {
  override up(): void {
    for (const sql of [...tables, ...references, ...appendOnly, ...eventTablesSql]) this.addSql(sql);
  }

  override down(): void {
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql('drop table audit_entry, tenant_membership, token, credential, user_account, tenant');
    this.addSql('drop function refuse_change');
  }
}
