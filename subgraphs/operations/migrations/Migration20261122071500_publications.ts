import { Migration } from '@mikro-orm/migrations';
import { fileTableDownSql, fileTableSql } from '@polity/kernel/files/file-table';

const WALL = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;

/** Large manifests come in by upload, and a job publishes them. */
export class Migration20261122071500_publications extends Migration {
  override up(): void {
    this.addSql(
      `create table "publication" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "namespace_id" uuid not null, "dry_run" boolean not null, "manifest_file" text null, "status" text not null, "done" int not null, "total" int null, "result" jsonb null, "problem" text null, "refused" jsonb null, "finished_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "publication_manifest_file_index" on "publication" ("manifest_file");`);
    this.addSql(
      `create index "publication_tenant_id_user_id_id_index" on "publication" ("tenant_id", "user_id", "id");`,
    );
    this.addSql(
      `alter table "publication" add constraint "publication_status_check" check ("status" in ('WAITING', 'RUNNING', 'DONE', 'FAILED'));`,
    );
    this.addSql(`alter table "publication" enable row level security;`);
    this.addSql(`create policy "tenant" on "publication" using (${WALL}) with check (${WALL});`);
    for (const sql of fileTableSql(['publication.manifest_file'])) this.addSql(sql);
  }

  override down(): void {
    for (const sql of fileTableDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "publication" cascade;`);
  }
}
