import { Migration } from '@mikro-orm/migrations';

export class Migration20261122035222_publishing_tenants extends Migration {
  override up(): void {
    this.addSql(`create table "publishing_tenant" ("tenant_id" uuid not null, primary key ("tenant_id"));`);
    this.addSql(`insert into "publishing_tenant" select distinct "tenant_id" from "persisted_operation";`);
  }

  override down(): void {
    this.addSql(`drop table if exists "publishing_tenant" cascade;`);
  }
}
