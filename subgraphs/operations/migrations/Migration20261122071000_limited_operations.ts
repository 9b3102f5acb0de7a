import { Migration } from '@mikro-orm/migrations';

export class Migration20261122071000_limited_operations extends Migration {
  override up(): void {
    this.addSql(
      `create index persisted_operation_limited on persisted_operation (tenant_id, namespace_id) where retired_at is null and (uses_per_minute is not null or max_cost is not null);`,
    );
  }

  override down(): void {
    this.addSql(`drop index if exists "persisted_operation_limited";`);
  }
}
