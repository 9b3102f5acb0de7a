import { Migration } from '@mikro-orm/migrations';

const tables = [
  `create table "upstream_provider" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "name" varchar(255) not null, "issuer" text not null, "client_id" text not null, "sealed_secret" text not null, "scopes" jsonb not null, "claims" jsonb not null, "allowed_domains" jsonb not null, "enabled" boolean not null, "created_by" uuid not null, "updated_at" timestamptz not null, primary key ("id"));`,
  `create index "upstream_provider_tenant_id_id_index" on "upstream_provider" ("tenant_id", "id");`,
  `create table "upstream_attempt" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "provider" text not null, "purpose" text not null, "state_hash" text not null, "browser_hash" text not null, "sealed" text not null, "user_id" uuid null, "session_id" text null, "invitation_hash" text null, "expires_at" timestamptz not null, "consumed_at" timestamptz null, primary key ("id"));`,
  `alter table "upstream_attempt" add constraint "upstream_attempt_state_hash_unique" unique ("state_hash");`,
  `create index "upstream_attempt_expires_at_index" on "upstream_attempt" ("expires_at");`,
  `alter table "upstream_attempt" add constraint "upstream_attempt_purpose_check" check ("purpose" in ('SIGN_IN', 'LINK'));`,
  `create table "upstream_link" ("id" uuid not null, "created_at" timestamptz not null, "user_id" uuid not null, "provider" text not null, "tenant_id" uuid null, "subject" text not null, "provider_name" text not null, "label" text null, "founding" boolean not null, "last_used_at" timestamptz null, primary key ("id"));`,
  `alter table "upstream_link" add constraint "upstream_link_provider_subject_unique" unique ("provider", "subject");`,
  `alter table "upstream_link" add constraint "upstream_link_user_id_provider_unique" unique ("user_id", "provider");`,
];

const policies = ['upstream_provider', 'upstream_attempt'].flatMap((table) => [
  `alter table "${table}" enable row level security;`,
  `create policy "tenant" on "${table}" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
]);

const references = [
  'alter table upstream_provider add foreign key (tenant_id) references tenant (id)',
  'alter table upstream_provider add foreign key (created_by) references user_account (id)',
  'alter table upstream_attempt add foreign key (tenant_id) references tenant (id)',
  'alter table upstream_attempt add foreign key (user_id) references user_account (id)',
  'alter table upstream_link add foreign key (user_id) references user_account (id)',
  'alter table upstream_link add foreign key (tenant_id) references tenant (id)',
];

const functions = [
  // Over visits of all tenants go together, past the walls between tenants.
  `create function remove_over_upstream_attempts(older_than timestamptz, most int) returns int
    language sql security definer set search_path = public, pg_temp as $$
    with gone as (delete from upstream_attempt where id in (
      select id from upstream_attempt where expires_at < least(older_than, now()) order by expires_at limit most for update skip locked
    ) returning 1) select count(*)::int from gone $$`,
];

export class Migration20261122071000_upstream extends Migration {
  override up(): void {
    for (const sql of [...tables, ...policies, ...references, ...functions]) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop function remove_over_upstream_attempts(timestamptz, int)');
    this.addSql('drop table upstream_attempt, upstream_link, upstream_provider');
  }
}
