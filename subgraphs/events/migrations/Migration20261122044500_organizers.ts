import { Migration } from '@mikro-orm/migrations';

/** Events have several organizers, and who is let in from the waiting list may have to accept within a time. */
export class Migration20261122044500_organizers extends Migration {
  override up(): void {
    this.addSql(`alter table "event" add "co_organizers" text[] not null default '{}', add "accept_minutes" int null;`);
    this.addSql(`alter table "event" alter "co_organizers" drop default;`);
    this.addSql(`alter table "rsvp" add "accept_by" timestamptz null;`);
    this.addSql('create index rsvp_to_accept on rsvp (tenant_id, event_id, accept_by) where accept_by is not null;');
    this.addSql(
      `create table "event_organizer" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "event_id" uuid not null, "user_id" uuid not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "event_organizer_tenant_id_user_id_index" on "event_organizer" ("tenant_id", "user_id");`,
    );
    this.addSql(
      `alter table "event_organizer" add constraint "event_organizer_unique" unique ("tenant_id", "event_id", "user_id");`,
    );
    this.addSql(`alter table "event_organizer" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "event_organizer" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table event_organizer add constraint event_organizer_event foreign key (tenant_id, event_id) references event (tenant_id, id) on delete cascade`,
    );
  }

  override down(): void {
    this.addSql(`drop table if exists "event_organizer" cascade;`);
    this.addSql(`alter table "rsvp" drop column "accept_by";`);
    this.addSql(`alter table "event" drop column "co_organizers", drop column "accept_minutes";`);
  }
}
