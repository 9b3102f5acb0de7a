import { Migration } from '@mikro-orm/migrations';

export class Migration20261122043410_operation_limits extends Migration {
  override up(): void {
    this.addSql(`alter table "persisted_operation" add "uses_per_minute" int null, add "max_cost" int null;`);
  }

  override down(): void {
    this.addSql(`alter table "persisted_operation" drop column "uses_per_minute", drop column "max_cost";`);
  }
}
