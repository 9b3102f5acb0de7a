import { Migration } from '@mikro-orm/migrations';
import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';
import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';

export class Migration20261122004700_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "operation_namespace" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "namespace_id" uuid not null, "level" text not null, "points_per_minute" int null, "max_cost" int null, "revision" int not null, "updated_at" timestamptz null, "updated_by" uuid null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "operation_namespace" add constraint "operation_namespace_tenant_id_namespace_id_unique" unique ("tenant_id", "namespace_id");`,
    );
    this.addSql(
      `create table "persisted_operation" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "namespace_id" uuid not null, "document_id" varchar(256) not null, "name" varchar(200) null, "type" text not null, "body" text not null, "sha256" varchar(64) not null, "normal_hash" varchar(64) not null, "published_at" timestamptz not null, "published_by" uuid null, "last_used_at" timestamptz null, "uses" int not null, "retired_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(
      `create index "persisted_operation_tenant_id_namespace_id_normal_hash_index" on "persisted_operation" ("tenant_id", "namespace_id", "normal_hash");`,
    );
    this.addSql(
      `create index "persisted_operation_tenant_id_namespace_id_id_index" on "persisted_operation" ("tenant_id", "namespace_id", "id");`,
    );
    this.addSql(
      `alter table "persisted_operation" add constraint "persisted_operation_tenant_id_namespace_id_document_id_unique" unique ("tenant_id", "namespace_id", "document_id");`,
    );
    this.addSql(
      `alter table "operation_namespace" add constraint "operation_namespace_level_check" check ("level" in ('OPEN', 'LOG', 'SAFELIST', 'IDS_ONLY'));`,
    );
    this.addSql(`alter table "operation_namespace" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "operation_namespace" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "persisted_operation" add constraint "persisted_operation_type_check" check ("type" in ('query', 'mutation'));`,
    );
    this.addSql(`alter table "persisted_operation" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "persisted_operation" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    for (const sql of eventTablesSql) this.addSql(sql);
    for (const sql of jobTableSql) this.addSql(sql);
  }

  override down(): void {
    for (const sql of jobTableDownSql) this.addSql(sql);
    for (const sql of eventTablesDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "operation_namespace" cascade;`);
    this.addSql(`drop table if exists "persisted_operation" cascade;`);
  }
}
