import { Migration } from '@mikro-orm/migrations';
import { fileTableDownSql, fileTableSql } from '@polity/kernel/files/file-table';

export class Migration20261122010000_files extends Migration {
  override up(): void {
    this.addSql('alter table "tenant" add "logo_file" text null');
    this.addSql('create index "tenant_logo_file_index" on "tenant" ("logo_file")');
    for (const sql of fileTableSql(['tenant.logo_file'])) this.addSql(sql);
  }

  override down(): void {
    for (const sql of fileTableDownSql) this.addSql(sql);
    this.addSql('alter table "tenant" drop column "logo_file"');
  }
}
