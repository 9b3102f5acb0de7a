import { Migration } from '@mikro-orm/migrations';

export class Migration20261121223000_post_hidden extends Migration {
  override up(): void {
    this.addSql('alter table "post" add "hidden_at" timestamptz null;');
  }

  override down(): void {
    this.addSql('alter table "post" drop column "hidden_at";');
  }
}
