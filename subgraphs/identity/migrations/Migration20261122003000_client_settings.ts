import { Migration } from '@mikro-orm/migrations';

const columns = [
  `alter table "application" add "require_pkce" boolean not null default true, add "claims_in_id_token" boolean not null default false, add "id_token_algorithm" text not null default 'RS256';`,
  `alter table "application" add constraint "application_id_token_algorithm_check" check ("id_token_algorithm" in ('ES256', 'RS256'));`,
  `alter table "signing_key" add "algorithm" text not null default 'ES256';`,
  `alter table "signing_key" add constraint "signing_key_algorithm_check" check ("algorithm" in ('ES256', 'RS256'));`,
];

const FORMER = `create function oidc_client(client uuid)
  returns table (id uuid, tenant_id uuid, name text, status text, confidential boolean, client_credentials boolean, redirect_uris jsonb,
    post_logout_redirect_uris jsonb, backchannel_logout_uri text, approved_scopes jsonb, secrets jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.tenant_id, a.name::text, a.status, a.confidential, a.client_credentials, a.redirect_uris,
    a.post_logout_redirect_uris, a.backchannel_logout_uri, a.approved_scopes,
    coalesce((select jsonb_agg(jsonb_build_object('hash', s.hash, 'expiresAt', extract(epoch from s.expires_at)) order by s.id)
      from application_secret s where s.tenant_id = a.tenant_id and s.application_id = a.id), '[]')
  from application a where a.id = client $$`;

// Columns are added at the end, so that processes of the former version read on what they know.
const CLIENTS = `create function oidc_client(client uuid)
  returns table (id uuid, tenant_id uuid, name text, status text, confidential boolean, client_credentials boolean, redirect_uris jsonb,
    post_logout_redirect_uris jsonb, backchannel_logout_uri text, approved_scopes jsonb, secrets jsonb, require_pkce boolean,
    claims_in_id_token boolean, id_token_algorithm text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.tenant_id, a.name::text, a.status, a.confidential, a.client_credentials, a.redirect_uris,
    a.post_logout_redirect_uris, a.backchannel_logout_uri, a.approved_scopes,
    coalesce((select jsonb_agg(jsonb_build_object('hash', s.hash, 'expiresAt', extract(epoch from s.expires_at)) order by s.id)
      from application_secret s where s.tenant_id = a.tenant_id and s.application_id = a.id), '[]'),
    a.require_pkce, a.claims_in_id_token, a.id_token_algorithm
  from application a where a.id = client $$`;

const REPLACED = 'drop function oidc_client(uuid)';

export class Migration20261122003000_client_settings extends Migration {
  override up(): void {
    for (const sql of [...columns, REPLACED, CLIENTS]) this.addSql(sql);
  }

  override down(): void {
    for (const sql of [REPLACED, FORMER]) this.addSql(sql);
    this.addSql(
      'alter table "application" drop column "require_pkce", drop column "claims_in_id_token", drop column "id_token_algorithm"',
    );
    this.addSql('alter table "signing_key" drop column "algorithm"');
  }
}
