import { Migration } from '@mikro-orm/migrations';

export class Migration20261122074719_notifications extends Migration {
  override up(): void {
    this.addSql(
      `create table "digest_zone" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "time_zone" text not null, primary key ("id"));`,
    );
    this.addSql(`alter table "digest_zone" add constraint "digest_zone_unique" unique ("tenant_id", "user_id");`);
    this.addSql(
      `create table "notification" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "event_id" uuid not null, "type" text not null, "kind" text not null, "object_type" text null, "object_id" uuid null, "actor_id" uuid null, "occurred_at" timestamptz not null, "read_at" timestamptz null, "listed" boolean not null, "mail_at" timestamptz null, "push_due" boolean not null, primary key ("id"));`,
    );
    this.addSql(`create index "notification_tenant_id_object_id_index" on "notification" ("tenant_id", "object_id");`);
    this.addSql(`create index "notification_created_at_index" on "notification" ("created_at");`);
    this.addSql(
      `alter table "notification" add constraint "notification_unique" unique ("tenant_id", "user_id", "event_id");`,
    );
    this.addSql(
      `create table "notification_setting" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "kind" text not null, "listed" boolean not null, "mail" text not null, "push" boolean not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "notification_setting" add constraint "notification_setting_unique" unique ("tenant_id", "user_id", "kind");`,
    );
    this.addSql(
      `create table "push_subscription" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "user_id" uuid not null, "endpoint_hash" text not null, "host" text not null, "sealed" text not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "push_subscription" add constraint "push_subscription_unique" unique ("tenant_id", "user_id", "endpoint_hash");`,
    );
    this.addSql(`alter table "digest_zone" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "digest_zone" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "notification" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "notification" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(
      `alter table "notification_setting" add constraint "notification_setting_mail_check" check ("mail" in ('NEVER', 'IMMEDIATELY', 'DAILY', 'WEEKLY'));`,
    );
    this.addSql(`alter table "notification_setting" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "notification_setting" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`alter table "push_subscription" enable row level security;`);
    this.addSql(
      `create policy "tenant" on "push_subscription" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
    );
    this.addSql(`create index notification_listed on notification (tenant_id, user_id, id) where listed`);
    this.addSql(
      `create index notification_unread on notification (tenant_id, user_id, id) where listed and read_at is null`,
    );
    this.addSql(
      `create index notification_to_mail on notification (tenant_id, user_id, mail_at) where mail_at is not null`,
    );
    this.addSql(`create index notification_mail_at on notification (tenant_id, mail_at) where mail_at is not null`);
    this.addSql(`create index notification_to_push on notification (tenant_id, event_id) where push_due`);
    this.addSql(
      `create function remove_old_notifications(older_than timestamptz, most int) returns int
        language sql security definer set search_path = public, pg_temp as $$
        with gone as (delete from notification where id in (
          select id from notification where created_at < older_than order by created_at limit most
        ) returning 1) select count(*)::int from gone $$`,
    );
  }

  override down(): void {
    this.addSql('drop function remove_old_notifications(timestamptz, int)');
    this.addSql(`drop table if exists "digest_zone" cascade;`);
    this.addSql(`drop table if exists "notification" cascade;`);
    this.addSql(`drop table if exists "notification_setting" cascade;`);
    this.addSql(`drop table if exists "push_subscription" cascade;`);
  }
}
