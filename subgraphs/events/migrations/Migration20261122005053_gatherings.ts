import { Migration } from '@mikro-orm/migrations';

/** Events take place: they have a time, a place and a rule by which they come again. */
export class Migration20261122005053_gatherings extends Migration {
  override up(): void {
    // What was made before events had a time cannot be given one.
    this.addSql(`delete from "event";`);
    this.addSql(
      `create table "changed_date" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "event_id" uuid not null, "recurrence_id" timestamptz not null, "starts_at" timestamptz not null, "ends_at" timestamptz not null, "title" varchar(255) null, "description" text null, "description_html" text null, "location" text null, "online_url" text null, "cancelled_at" timestamptz null, "cancel_reason" text null, "imported_sequence" int null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "changed_date" add constraint "changed_date_unique" unique ("tenant_id", "event_id", "recurrence_id") deferrable initially immediate;`,
    );
    this.addSql(`alter table "event" drop constraint "event_visibility_check";`);
    this.addSql(
      `alter table "event" add "organizer_id" uuid not null, add "community_id" uuid null, add "team_id" uuid null, add "description" text null, add "description_html" text null, add "chosen_visibility" text not null, add "status" text not null, add "location" text null, add "latitude" double precision null, add "longitude" double precision null, add "online_url" text null, add "time_zone" varchar(255) not null, add "all_day" boolean not null, add "starts_at" timestamptz not null, add "ends_at" timestamptz not null, add "recurrence" text null, add "span_starts_at" timestamptz not null, add "span_ends_at" timestamptz null, add "capacity" int null, add "guest_limit" int not null, add "tags" text[] not null, add "price_note" text null, add "rsvp_closes_minutes" int null, add "needs_approval" boolean not null, add "questions" text[] not null, add "attendees_shown_to" text not null, add "self_check_in" boolean not null, add "cancelled_at" timestamptz null, add "cancel_reason" text null, add "uid" text not null, add "sequence" int not null, add "imported_sequence" int null;`,
    );
    this.addSql(`create index "event_tenant_id_community_id_id_index" on "event" ("tenant_id", "community_id", "id");`);
    this.addSql(`create index "event_tenant_id_team_id_id_index" on "event" ("tenant_id", "team_id", "id");`);
    this.addSql(
      `alter table "event" add constraint "event_chosen_visibility_check" check ("chosen_visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(
      `alter table "event" add constraint "event_status_check" check ("status" in ('DRAFT', 'PUBLISHED', 'CANCELLED'));`,
    );
    this.addSql(
      `alter table "event" add constraint "event_attendees_shown_to_check" check ("attendees_shown_to" in ('EVERYONE', 'GOING', 'ORGANIZERS'));`,
    );
    this.addSql(
      `alter table "event" add constraint "event_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'));`,
    );
    this.addSql(`alter table "changed_date" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "changed_date" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`create index event_public on event (tenant_id, id) where visibility = 'PUBLIC'`);
    this.addSql(
      `create index event_of_community on event (tenant_id, community_id, id) where visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null`,
    );
    this.addSql(`create index event_of_team on event (tenant_id, team_id, id) where visibility = 'TEAM'`);
    this.addSql(`create index event_at_tenant on event (tenant_id, id) where community_id is null and team_id is null`);
    this.addSql(`create index event_private on event (tenant_id, author_id, id) where visibility = 'PRIVATE'`);
    this.addSql(`create index event_by_start on event (tenant_id, starts_at, id) where recurrence is null`);
    this.addSql(
      `create index event_of_community_by_start on event (tenant_id, community_id, starts_at, id) where recurrence is null`,
    );
    this.addSql(
      `create index event_of_team_by_start on event (tenant_id, team_id, starts_at, id) where recurrence is null`,
    );
    this.addSql(`create index event_recurring on event (tenant_id, span_starts_at) where recurrence is not null`);
    this.addSql(
      `create unique index event_uid_unique on event (tenant_id, community_id, team_id, uid) nulls not distinct`,
    );
    this.addSql(`alter table "event" add constraint "event_id_of_tenant" unique ("tenant_id", "id");`);
    this.addSql(
      `alter table "changed_date" add constraint "changed_date_event" foreign key ("tenant_id", "event_id") references "event" ("tenant_id", "id") on delete cascade;`,
    );
  }

  override down(): void {
    this.addSql(`drop table if exists "changed_date" cascade;`);
    this.addSql(`alter table "event" drop constraint "event_id_of_tenant";`);
    this.addSql(`drop index "event_tenant_id_community_id_id_index";`);
    this.addSql(`drop index "event_tenant_id_team_id_id_index";`);
    this.addSql(`drop index "event_public";`);
    this.addSql(`drop index "event_of_community";`);
    this.addSql(`drop index "event_of_team";`);
    this.addSql(`drop index "event_at_tenant";`);
    this.addSql(`drop index "event_private";`);
    this.addSql(`drop index "event_by_start";`);
    this.addSql(`drop index "event_of_community_by_start";`);
    this.addSql(`drop index "event_of_team_by_start";`);
    this.addSql(`drop index "event_recurring";`);
    this.addSql(`drop index "event_uid_unique";`);
    this.addSql(`alter table "event" drop constraint "event_chosen_visibility_check";`);
    this.addSql(`alter table "event" drop constraint "event_status_check";`);
    this.addSql(`alter table "event" drop constraint "event_attendees_shown_to_check";`);
    this.addSql(`alter table "event" drop constraint "event_visibility_check";`);
    this.addSql(
      `alter table "event" drop column "organizer_id", drop column "community_id", drop column "team_id", drop column "description", drop column "description_html", drop column "chosen_visibility", drop column "status", drop column "location", drop column "latitude", drop column "longitude", drop column "online_url", drop column "time_zone", drop column "all_day", drop column "starts_at", drop column "ends_at", drop column "recurrence", drop column "span_starts_at", drop column "span_ends_at", drop column "capacity", drop column "guest_limit", drop column "tags", drop column "price_note", drop column "rsvp_closes_minutes", drop column "needs_approval", drop column "questions", drop column "attendees_shown_to", drop column "self_check_in", drop column "cancelled_at", drop column "cancel_reason", drop column "uid", drop column "sequence", drop column "imported_sequence";`,
    );
    this.addSql(
      `alter table "event" add constraint "event_visibility_check" check ("visibility" in ('PUBLIC', 'COMMUNITY', 'PRIVATE'));`,
    );
  }
}
