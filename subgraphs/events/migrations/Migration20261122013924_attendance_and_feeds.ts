import { Migration } from '@mikro-orm/migrations';

/** Who was there is marked, and people have calendars of their own. */
export class Migration20261122013924_attendance_and_feeds extends Migration {
  override up(): void {
    this.addSql(
      `create table "attendance" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "event_id" uuid not null, "user_id" uuid not null, "occurrence" timestamptz null, "present" boolean not null, "method" text not null, "marked_by" uuid not null, "marked_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "attendance_tenant_id_event_id_id_index" on "attendance" ("tenant_id", "event_id", "id");`,
    );
    this.addSql(`create index "attendance_tenant_id_user_id_id_index" on "attendance" ("tenant_id", "user_id", "id");`);
    this.addSql(
      `create table "calendar_feed" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "generation" int not null, primary key ("id"));`,
    );
    this.addSql(`alter table "calendar_feed" add constraint "calendar_feed_unique" unique ("tenant_id", "user_id");`);
    this.addSql(
      `alter table "attendance" add constraint "attendance_method_check" check ("method" in ('ORGANIZER', 'CODE', 'SELF'));`,
    );
    this.addSql(`alter table "attendance" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "attendance" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "calendar_feed" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "calendar_feed" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table attendance add constraint attendance_unique unique nulls not distinct (tenant_id, event_id, user_id, occurrence) deferrable initially immediate`,
    );
    this.addSql(
      `alter table attendance add constraint attendance_event foreign key (tenant_id, event_id) references event (tenant_id, id) on delete cascade`,
    );
  }

  override down(): void {
    this.addSql(`drop table if exists "attendance" cascade;`);
    this.addSql(`drop table if exists "calendar_feed" cascade;`);
  }
}
