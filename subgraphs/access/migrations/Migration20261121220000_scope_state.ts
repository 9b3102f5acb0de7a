import { Migration } from '@mikro-orm/migrations';

export class Migration20261121220000_scope_state extends Migration {
  override up(): void {
    this.addSql(
      'alter table "scope" add "is_open" boolean not null default false, add "is_archived" boolean not null default false;',
    );
  }

  override down(): void {
    this.addSql('alter table "scope" drop column "is_open", drop column "is_archived";');
  }
}
