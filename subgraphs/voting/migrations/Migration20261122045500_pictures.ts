import { Migration } from '@mikro-orm/migrations';
import { fileTableDownSql, fileTableSql } from '@polity/kernel/files/file-table';

/** Nominees have pictures, which the options that they become have as well. */
export class Migration20261122045500_pictures extends Migration {
  override up(): void {
    for (const table of ['nomination', 'poll_option']) {
      this.addSql(`alter table "${table}" add "image_file" text null;`);
      this.addSql(`create index "${table}_image_file_index" on "${table}" ("image_file");`);
    }
    for (const sql of fileTableSql(['nomination.image_file', 'poll_option.image_file'])) this.addSql(sql);
  }

  override down(): void {
    for (const sql of fileTableDownSql) this.addSql(sql);
    for (const table of ['nomination', 'poll_option']) this.addSql(`alter table "${table}" drop column "image_file";`);
  }
}
