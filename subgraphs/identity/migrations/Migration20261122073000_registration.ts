import { Migration } from '@mikro-orm/migrations';

const UP = [
  `alter table "application" add "registration_hash" text null;`,
  `create table "registration_token" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "name" varchar(255) not null, "hash" varchar(255) not null, "hint" varchar(255) not null, "max_uses" int not null, "uses" int not null default 0, "expires_at" timestamptz not null, "created_by" uuid null, "revoked_at" timestamptz null, primary key ("id"));`,
  `alter table "registration_token" add constraint "registration_token_hash_unique" unique ("hash");`,
  `create index "registration_token_tenant_id_id_index" on "registration_token" ("tenant_id", "id");`,
  `create index "registration_token_created_by_index" on "registration_token" ("created_by");`,
  `alter table registration_token add foreign key (tenant_id) references tenant (id)`,
  `alter table registration_token add foreign key (created_by) references user_account (id)`,
];

export class Migration20261122073000_registration extends Migration {
  override up(): void {
    for (const sql of UP) this.addSql(sql);
  }

  override down(): void {
    this.addSql(`drop table "registration_token";`);
    this.addSql(`alter table "application" drop column "registration_hash";`);
  }
}
