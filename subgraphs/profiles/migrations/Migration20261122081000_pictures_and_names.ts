import { Migration } from '@mikro-orm/migrations';
import { fileTableDownSql, fileTableSql } from '@polity/kernel/files/file-table';

/** People have pictures, and are found by their names. */
export class Migration20261122081000_pictures_and_names extends Migration {
  override up(): void {
    // Trusted since PostgreSQL 13, so the owner of the database may add it.
    this.addSql('create extension if not exists pg_trgm with schema public');
    this.addSql(
      `create table "avatar_image" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "size" int not null, "format" text not null, "image_file" text null, primary key ("id"));`,
    );
    this.addSql(`create index "avatar_image_image_file_index" on "avatar_image" ("image_file");`);
    this.addSql(
      `alter table "avatar_image" add constraint "avatar_image_unique" unique ("tenant_id", "user_id", "size", "format");`,
    );
    this.addSql(
      `create table "person_name" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "username" text not null, "display_name" text not null, "words" text not null, primary key ("id"));`,
    );
    this.addSql(`alter table "person_name" add constraint "person_name_unique" unique ("tenant_id", "user_id");`);
    this.addSql(
      `alter table "avatar_image" add constraint "avatar_image_format_check" check ("format" in ('WEBP', 'AVIF'));`,
    );
    for (const table of ['avatar_image', 'person_name']) {
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(
        `create policy "tenant" on "${table}" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
      );
    }
    this.addSql('create index person_name_words on person_name using gin (words gin_trgm_ops)');
    for (const sql of fileTableSql(['avatar_image.image_file'])) this.addSql(sql);
  }

  override down(): void {
    for (const sql of fileTableDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "person_name" cascade;`);
    this.addSql(`drop table if exists "avatar_image" cascade;`);
  }
}
