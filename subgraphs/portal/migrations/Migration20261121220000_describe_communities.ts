import { Migration } from '@mikro-orm/migrations';

/** Access learns of communities that are there already whether they are open and archived; until then it takes them for hidden. */
export class Migration20261121220000_describe_communities extends Migration {
  override up(): void {
    this.addSql(
      `insert into job (name, key, tenant_id, due_at) select 'describe-community', id::text, tenant_id, now() from community
        on conflict do nothing`,
    );
  }

  override down(): void {
    this.addSql(`delete from job where name = 'describe-community'`);
  }
}
