import { Migration } from '@mikro-orm/migrations';

/** People are reminded of what they are going to. */
export class Migration20261122015930_reminders extends Migration {
  override up(): void {
    this.addSql(
      `create table "reminder" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "event_id" uuid null, "minutes" int null, primary key ("id"));`,
    );
    this.addSql(`create index "reminder_tenant_id_event_id_index" on "reminder" ("tenant_id", "event_id");`);
    this.addSql(`alter table "event" add "reminded_until" timestamptz null;`);
    this.addSql(`alter table "reminder" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "reminder" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table reminder add constraint reminder_unique unique nulls not distinct (tenant_id, user_id, event_id)`,
    );
    this.addSql(
      `alter table reminder add constraint reminder_event foreign key (tenant_id, event_id) references event (tenant_id, id) on delete cascade`,
    );
  }

  override down(): void {
    this.addSql(`drop table if exists "reminder" cascade;`);
    this.addSql(`alter table "event" drop column "reminded_until";`);
  }
}
