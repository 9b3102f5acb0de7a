import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';
import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';

export class Migration20261122002857_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "event" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "author_id" uuid not null, "title" varchar(255) not null, "visibility" text not null, "edited_at" timestamptz null, "hidden_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "event_tenant_id_id_index" on "event" ("tenant_id", "id");`);
    this.addSql(
      `alter table "event" add constraint "event_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'PRIVATE'));`,
    );
    this.addSql(`alter table "event" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "event" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    for (const sql of eventTablesSql) this.addSql(sql);
    for (const sql of jobTableSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of jobTableDownSql) this.addSql(sql);
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "event" cascade;`);
  }
}
