import { Migration } from '@mikro-orm/migrations';

const OF_TENANT = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";

/** When each person last left the tenant: an invitation that they used before, but that is heard of later, lets nobody in again. */
export class Migration20261121010000_departure extends Migration {
  override up(): void {
    this.addSql(
      'create table departure (tenant_id uuid not null, user_id uuid not null, left_at timestamptz not null, primary key (tenant_id, user_id))',
    );
    this.addSql('alter table departure enable row level security');
    this.addSql(`create policy tenant on departure using (${OF_TENANT}) with check (${OF_TENANT})`);
  }

  override down(): void {
    this.addSql('drop table departure');
  }
}
