import { Migration } from '@mikro-orm/migrations';

/** People answer to events and to single dates of them. */
export class Migration20261122011527_rsvp extends Migration {
  override up(): void {
    this.addSql(
      `create table "rsvp" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "event_id" uuid not null, "user_id" uuid not null, "occurrence" timestamptz null, "status" text not null, "guests" int not null, "answers" text[] not null, "awaits_approval" boolean not null, "place" int null, "changed_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "rsvp_tenant_id_event_id_id_index" on "rsvp" ("tenant_id", "event_id", "id");`);
    this.addSql(`create index "rsvp_tenant_id_user_id_event_id_index" on "rsvp" ("tenant_id", "user_id", "event_id");`);
    this.addSql(
      `create table "tally" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "event_id" uuid not null, "occurrence" timestamptz null, "interested" int not null, "going" int not null, "not_going" int not null, "waitlisted" int not null, "seats" int not null, "off_interested" int not null, "off_going" int not null, "off_not_going" int not null, "off_waitlisted" int not null, "off_seats" int not null, "last_place" int not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "rsvp" add constraint "rsvp_status_check" check ("status" in ('INTERESTED', 'GOING', 'NOT_GOING', 'WAITLISTED'));`,
    );
    this.addSql(`alter table "rsvp" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "rsvp" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "tally" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "tally" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `create index rsvp_waiting on rsvp (tenant_id, event_id, occurrence, place) where status = 'WAITLISTED'`,
    );
    this.addSql(
      `alter table rsvp add constraint rsvp_unique unique nulls not distinct (tenant_id, event_id, user_id, occurrence) deferrable initially immediate`,
    );
    this.addSql(
      `alter table rsvp add constraint rsvp_event foreign key (tenant_id, event_id) references event (tenant_id, id) on delete cascade`,
    );
    this.addSql(
      `alter table tally add constraint tally_unique unique nulls not distinct (tenant_id, event_id, occurrence) deferrable initially immediate`,
    );
    this.addSql(
      `alter table tally add constraint tally_event foreign key (tenant_id, event_id) references event (tenant_id, id) on delete cascade`,
    );
  }

  override down(): void {
    this.addSql(`drop table if exists "rsvp" cascade;`);
    this.addSql(`drop table if exists "tally" cascade;`);
  }
}
