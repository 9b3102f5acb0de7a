import { Migration } from '@mikro-orm/migrations';

export class Migration20261122072000_languages extends Migration {
  override up(): void {
    this.addSql(`alter table "user_account" add "language" text null;`);
    this.addSql(`alter table "tenant" add "language" text null;`);
  }

  override down(): void {
    this.addSql(`alter table "user_account" drop column "language";`);
    this.addSql(`alter table "tenant" drop column "language";`);
  }
}
