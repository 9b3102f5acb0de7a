import { Migration } from '@mikro-orm/migrations';

// Asked several times for each token, before any tenancy is set: as the owner's function one statement passes the policy of memberships.
const person = `create function oidc_person(person uuid, tenant uuid)
  returns table (username text, display_name text, email text, verified_at timestamptz, updated_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select u.username::text, u.display_name::text, u.email::text, u.email_verified_at, u.updated_at from user_account u
  where u.id = person and u.status = 'ACTIVE' and (tenant is null or exists (
    select 1 from tenant_membership m where m.user_id = u.id and m.tenant_id = tenant and m.status = 'ACTIVE')) $$`;

export class Migration20261120035000_oidc_person extends Migration {
  override up(): void {
    this.addSql(person);
  }

  override down(): void {
    this.addSql('drop function oidc_person(uuid, uuid)');
  }
}
