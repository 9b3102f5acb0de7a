import { Migration } from '@mikro-orm/migrations';
import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';

export class Migration20261121213000_jobs extends Migration {
  override up(): void {
    for (const sql of jobTableSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of jobTableDownSql) this.addSql(sql);
  }
}
