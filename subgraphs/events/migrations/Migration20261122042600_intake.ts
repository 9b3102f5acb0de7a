import { Migration } from '@mikro-orm/migrations';
import { fileTableDownSql, fileTableSql } from '@polity/kernel/files/file-table';

const WALL = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;

/** Calendars come in by upload and by subscription, events have pictures, and who was there is counted as it is marked. */
export class Migration20261122042600_intake extends Migration {
  override up(): void {
    this.addSql(`alter table "event" add "image_file" text null;`);
    this.addSql(`create index "event_image_file_index" on "event" ("image_file");`);
    this.addSql(
      `create table "calendar_import" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "community_id" uuid null, "team_id" uuid null, "calendar_file" text null, "status" text not null, "done" int not null, "total" int null, "report" jsonb null, "problem" text null, "finished_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "calendar_import_calendar_file_index" on "calendar_import" ("calendar_file");`);
    this.addSql(
      `create index "calendar_import_tenant_id_user_id_id_index" on "calendar_import" ("tenant_id", "user_id", "id");`,
    );
    this.addSql(
      `create table "calendar_subscription" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "community_id" uuid null, "team_id" uuid null, "url" text not null, "status" text not null, "etag" text null, "last_modified" text null, "failures" int not null, "problem" text null, "refreshed_at" timestamptz null, "next_refresh_at" timestamptz null, "created" int not null, "updated" int not null, "unchanged" int not null, "refused" int not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "calendar_subscription_tenant_id_user_id_id_index" on "calendar_subscription" ("tenant_id", "user_id", "id");`,
    );
    this.addSql(
      'create unique index calendar_subscription_unique on calendar_subscription (tenant_id, community_id, team_id, url) nulls not distinct;',
    );
    this.addSql(
      `alter table "calendar_import" add constraint "calendar_import_status_check" check ("status" in ('WAITING', 'RUNNING', 'DONE', 'FAILED'));`,
    );
    this.addSql(
      `alter table "calendar_subscription" add constraint "calendar_subscription_status_check" check ("status" in ('ACTIVE', 'STOPPED'));`,
    );
    for (const table of ['calendar_import', 'calendar_subscription']) {
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${WALL}) with check (${WALL});`);
    }
    for (const sql of fileTableSql(['event.image_file', 'calendar_import.calendar_file'])) this.addSql(sql);
    this.addSql(`alter table "tally" add "attended" int not null default 0, add "absent" int not null default 0;`);
    this.addSql(
      `insert into tally (id, created_at, tenant_id, event_id, occurrence, interested, going, not_going, waitlisted, seats, off_interested, off_going,
         off_not_going, off_waitlisted, off_seats, last_place)
       select gen_random_uuid(), now(), a.tenant_id, a.event_id, a.occurrence, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
       from (select distinct tenant_id, event_id, occurrence from attendance) as a
       where not exists (select 1 from tally t where t.tenant_id = a.tenant_id and t.event_id = a.event_id and t.occurrence is not distinct from a.occurrence);`,
    );
    this.addSql(
      `update tally t set attended = m.attended, absent = m.absent from (select tenant_id, event_id, occurrence,
         count(*) filter (where present)::int as attended, count(*) filter (where not present)::int as absent from attendance group by 1, 2, 3) as m
       where m.tenant_id = t.tenant_id and m.event_id = t.event_id and m.occurrence is not distinct from t.occurrence;`,
    );
    this.addSql(`alter table "tally" alter "attended" drop default, alter "absent" drop default;`);
  }

  override down(): void {
    for (const sql of fileTableDownSql) this.addSql(sql);
    this.addSql(`drop table if exists "calendar_import" cascade;`);
    this.addSql(`drop table if exists "calendar_subscription" cascade;`);
    this.addSql(`alter table "event" drop column "image_file";`);
    this.addSql(`alter table "tally" drop column "attended", drop column "absent";`);
  }
}
