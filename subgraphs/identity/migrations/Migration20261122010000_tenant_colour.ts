import { Migration } from '@mikro-orm/migrations';

export class Migration20261122010000_tenant_colour extends Migration {
  override up(): void {
    this.addSql(`alter table "tenant" add "accent_color" text null;`);
  }

  override down(): void {
    this.addSql(`alter table "tenant" drop column "accent_color";`);
  }
}
