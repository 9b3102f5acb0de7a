import { Migration } from '@mikro-orm/migrations';

const tables = [
  `create table "invitation" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "token_hash" text not null, "email" text null, "max_uses" int not null, "uses" int not null default 0, "expires_at" timestamptz not null, "role_key" text not null, "community_id" uuid null, "created_by" uuid null, "revoked_at" timestamptz null, primary key ("id"));`,
  `alter table "invitation" add constraint "invitation_token_hash_unique" unique ("token_hash");`,
  `alter table "invitation" add constraint "invitation_tenant_id_id_unique" unique ("tenant_id", "id");`,
  `create table "invitation_use" ("id" uuid not null, "created_at" timestamptz not null, "tenant_id" uuid not null, "invitation_id" uuid not null, "user_id" uuid not null, primary key ("id"));`,
  `alter table "invitation_use" add constraint "invitation_use_invitation_id_user_id_unique" unique ("invitation_id", "user_id");`,
  `create table "recovery_code" ("id" uuid not null, "created_at" timestamptz not null, "user_id" uuid not null, "salt" text not null, "hash" text not null, "used_at" timestamptz null, primary key ("id"));`,
  `alter table "recovery_code" add constraint "recovery_code_user_id_hash_unique" unique ("user_id", "hash");`,
  `create table "totp_factor" ("id" uuid not null, "created_at" timestamptz not null, "user_id" uuid not null, "sealed_secret" text not null, "confirmed_at" timestamptz null, "last_time_step" int null, primary key ("id"));`,
  `alter table "totp_factor" add constraint "totp_factor_user_id_unique" unique ("user_id");`,
  `create table "trusted_device" ("id" uuid not null, "created_at" timestamptz not null, "user_id" uuid not null, "token_hash" text not null, "device" text null, "address" text null, "last_used_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("id"));`,
  `create index "trusted_device_user_id_index" on "trusted_device" ("user_id");`,
  `alter table "trusted_device" add constraint "trusted_device_token_hash_unique" unique ("token_hash");`,
  `alter table "token" drop constraint "token_purpose_check";`,
  `alter table "token" add constraint "token_purpose_check" check ("purpose" in ('ACTIVATION', 'PASSWORD_RESET', 'MAGIC_LINK', 'EMAIL_CHANGE', 'MFA_CHALLENGE'));`,
];

const policies = ['invitation', 'invitation_use'].flatMap((table) => [
  `alter table "${table}" enable row level security;`,
  `create policy "tenant" on "${table}" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`,
]);

const references = [
  `alter table invitation add foreign key (tenant_id) references tenant (id)`,
  `alter table invitation add constraint invitation_uses_within check (uses between 0 and max_uses)`,
  `alter table invitation_use add foreign key (tenant_id, invitation_id) references invitation (tenant_id, id)`,
  `alter table invitation_use add foreign key (user_id) references user_account (id)`,
  `alter table recovery_code add foreign key (user_id) references user_account (id)`,
  `alter table totp_factor add foreign key (user_id) references user_account (id)`,
  `alter table trusted_device add foreign key (user_id) references user_account (id)`,
];

export class Migration20261120030000_invitations_mfa extends Migration {
  override up(): void {
    for (const sql of [...tables, ...policies, ...references]) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop table invitation_use, invitation, recovery_code, totp_factor, trusted_device');
    this.addSql(`delete from token where purpose = 'MFA_CHALLENGE'`);
    this.addSql('alter table token drop constraint token_purpose_check');
    this.addSql(
      `alter table token add constraint token_purpose_check check (purpose in ('ACTIVATION', 'PASSWORD_RESET', 'MAGIC_LINK', 'EMAIL_CHANGE'))`,
    );
  }
}
