import { Migration } from '@mikro-orm/migrations';

const tables = [
  `create table "passkey" ("id" uuid not null, "created_at" timestamptz not null, "user_id" uuid not null, "credential_id" text not null, "public_key" bytea not null, "counter" bigint not null, "transports" jsonb not null, "backup_eligible" boolean not null, "backed_up" boolean not null, "aaguid" text not null, "rp_id" text not null, "name" text not null, "last_used_at" timestamptz null, primary key ("id"));`,
  `alter table "passkey" add constraint "passkey_credential_id_unique" unique ("credential_id");`,
  `create index "passkey_user_id_index" on "passkey" ("user_id");`,
  `create table "passkey_challenge" ("id" uuid not null, "created_at" timestamptz not null, "challenge" text not null, "purpose" text not null, "user_id" uuid null, "session_id" text null, "expires_at" timestamptz not null, "consumed_at" timestamptz null, primary key ("id"));`,
  `alter table "passkey_challenge" add constraint "passkey_challenge_challenge_unique" unique ("challenge");`,
  `create index "passkey_challenge_expires_at_index" on "passkey_challenge" ("expires_at");`,
  `alter table "passkey_challenge" add constraint "passkey_challenge_purpose_check" check ("purpose" in ('REGISTRATION', 'ASSERTION'));`,
];

const references = [
  `alter table passkey add foreign key (user_id) references user_account (id)`,
  `alter table passkey_challenge add foreign key (user_id) references user_account (id)`,
];

export class Migration20261120020000_passkey extends Migration {
  override up(): void {
    for (const sql of [...tables, ...references]) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop table passkey, passkey_challenge');
  }
}
