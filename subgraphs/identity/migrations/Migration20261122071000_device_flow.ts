import { Migration } from '@mikro-orm/migrations';

const FORMER = `create function oidc_client(client uuid)
  returns table (id uuid, tenant_id uuid, name text, status text, confidential boolean, client_credentials boolean, redirect_uris jsonb,
    post_logout_redirect_uris jsonb, backchannel_logout_uri text, approved_scopes jsonb, secrets jsonb, require_pkce boolean,
    claims_in_id_token boolean, id_token_algorithm text, token_exchange boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.tenant_id, a.name::text, a.status, a.confidential, a.client_credentials, a.redirect_uris,
    a.post_logout_redirect_uris, a.backchannel_logout_uri, a.approved_scopes,
    coalesce((select jsonb_agg(jsonb_build_object('hash', s.hash, 'expiresAt', extract(epoch from s.expires_at)) order by s.id)
      from application_secret s where s.tenant_id = a.tenant_id and s.application_id = a.id), '[]'),
    a.require_pkce, a.claims_in_id_token, a.id_token_algorithm, a.token_exchange
  from application a where a.id = client $$`;

// Columns are added at the end, so that processes of the former version read on what they know.
const CLIENTS = `create function oidc_client(client uuid)
  returns table (id uuid, tenant_id uuid, name text, status text, confidential boolean, client_credentials boolean, redirect_uris jsonb,
    post_logout_redirect_uris jsonb, backchannel_logout_uri text, approved_scopes jsonb, secrets jsonb, require_pkce boolean,
    claims_in_id_token boolean, id_token_algorithm text, token_exchange boolean, device_flow boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.tenant_id, a.name::text, a.status, a.confidential, a.client_credentials, a.redirect_uris,
    a.post_logout_redirect_uris, a.backchannel_logout_uri, a.approved_scopes,
    coalesce((select jsonb_agg(jsonb_build_object('hash', s.hash, 'expiresAt', extract(epoch from s.expires_at)) order by s.id)
      from application_secret s where s.tenant_id = a.tenant_id and s.application_id = a.id), '[]'),
    a.require_pkce, a.claims_in_id_token, a.id_token_algorithm, a.token_exchange, a.device_flow
  from application a where a.id = client $$`;

const REPLACED = 'drop function oidc_client(uuid)';

export class Migration20261122071000_device_flow extends Migration {
  override up(): void {
    this.addSql('alter table "application" add "device_flow" boolean not null default false');
    for (const sql of [REPLACED, CLIENTS]) this.addSql(sql);
  }

  override down(): void {
    for (const sql of [REPLACED, FORMER]) this.addSql(sql);
    this.addSql('alter table "application" drop column "device_flow"');
  }
}
