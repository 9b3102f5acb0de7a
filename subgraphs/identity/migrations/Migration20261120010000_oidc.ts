import { Migration } from '@mikro-orm/migrations';

const tables = [
  `create table "application" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "name" varchar(255) not null, "confidential" boolean not null, "client_credentials" boolean not null, "redirect_uris" jsonb not null, "post_logout_redirect_uris" jsonb not null, "backchannel_logout_uri" text null, "requested_scopes" jsonb not null, "approved_scopes" jsonb not null, "status" text not null, "rejection_reason" text null, "created_by" uuid not null, "decided_by" uuid null, "decided_at" timestamptz null, "updated_at" timestamptz not null, primary key ("id"));`,
  `create index "application_tenant_id_status_id_index" on "application" ("tenant_id", "status", "id");`,
  `create index "application_created_by_index" on "application" ("created_by");`,
  `alter table "application" add constraint "application_tenant_id_id_unique" unique ("tenant_id", "id");`,
  `alter table "application" add constraint "application_status_check" check ("status" in ('PENDING', 'APPROVED', 'REJECTED', 'DISABLED'));`,
  `create table "application_secret" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "application_id" uuid not null, "hash" varchar(255) not null, "hint" varchar(255) not null, "expires_at" timestamptz not null, primary key ("id"));`,
  `create index "application_secret_tenant_id_application_id_index" on "application_secret" ("tenant_id", "application_id");`,
  `create table "oidc_payload" ("key" varchar(255) not null, "created_at" timestamptz not null, "model" varchar(255) not null, "payload" jsonb not null, "grant_id" varchar(255) null, "uid" varchar(255) null, "account_id" uuid null, "client_id" uuid null, "expires_at" timestamptz not null, "consumed_at" timestamptz null, primary key ("key"));`,
  `create index "oidc_payload_grant_id_index" on "oidc_payload" ("grant_id");`,
  `create index "oidc_payload_uid_index" on "oidc_payload" ("uid");`,
  `create index "oidc_payload_account_id_model_index" on "oidc_payload" ("account_id", "model");`,
  `create index "oidc_payload_client_id_index" on "oidc_payload" ("client_id");`,
  `create index "oidc_payload_expires_at_index" on "oidc_payload" ("expires_at");`,
  `create table "personal_token" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "name" varchar(255) not null, "scopes" jsonb not null, "hash" varchar(255) not null, "hint" varchar(255) not null, "expires_at" timestamptz not null, "last_used_at" timestamptz null, "revoked_at" timestamptz null, primary key ("id"));`,
  `alter table "personal_token" add constraint "personal_token_hash_unique" unique ("hash");`,
  `create index "personal_token_user_id_id_index" on "personal_token" ("user_id", "id");`,
  `create table "signing_key" ("id" uuid not null, "created_at" timestamptz not null, "kid" varchar(255) not null, "sealed_key" text not null, "activates_at" timestamptz not null, primary key ("id"));`,
  `alter table "signing_key" add constraint "signing_key_kid_unique" unique ("kid");`,
  `alter table "application" enable row level security;`,
  `create policy "tenant" on "application" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
  `alter table "application_secret" enable row level security;`,
  `create policy "tenant" on "application_secret" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
];

const references = [
  `alter table application add foreign key (tenant_id) references tenant (id)`,
  `alter table application add foreign key (created_by) references user_account (id)`,
  `alter table application_secret add foreign key (tenant_id, application_id) references application (tenant_id, id) on delete cascade`,
  `alter table personal_token add foreign key (tenant_id) references tenant (id)`,
  `alter table personal_token add foreign key (user_id) references user_account (id)`,
];

// A client names itself before any tenant is known. As the owner's function this passes the tenancy policy for one id at a time.
const clients = `create function oidc_client(client uuid)
  returns table (id uuid, tenant_id uuid, name text, status text, confidential boolean, client_credentials boolean, redirect_uris jsonb,
    post_logout_redirect_uris jsonb, backchannel_logout_uri text, approved_scopes jsonb, secrets jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.tenant_id, a.name::text, a.status, a.confidential, a.client_credentials, a.redirect_uris,
    a.post_logout_redirect_uris, a.backchannel_logout_uri, a.approved_scopes,
    coalesce((select jsonb_agg(jsonb_build_object('hash', s.hash, 'expiresAt', extract(epoch from s.expires_at)) order by s.id)
      from application_secret s where s.tenant_id = a.tenant_id and s.application_id = a.id), '[]')
  from application a where a.id = client $$`;

export class Migration20261120010000_oidc extends Migration {
  override up(): void {
    for (const sql of [...tables, ...references, clients]) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop function oidc_client(uuid)');
    this.addSql('drop table application_secret, application, oidc_payload, personal_token, signing_key');
  }
}
