import { Migration } from '@mikro-orm/migrations';

export class Migration20261122074000_email_code extends Migration {
  override up(): void {
    this.addSql('alter table "tenant" add "email_codes" boolean not null default false');
    this.addSql(
      `create table "email_code" ("id" uuid not null, "created_at" timestamptz not null, "challenge_hash" text not null, "code_hash" text not null, "counted" text not null, "user_id" uuid null, "tries" int not null default 0, "expires_at" timestamptz not null, "consumed_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(
      'alter table "email_code" add constraint "email_code_challenge_hash_unique" unique ("challenge_hash");',
    );
    this.addSql('create index "email_code_expires_at_index" on "email_code" ("expires_at");');
    this.addSql('alter table email_code add foreign key (user_id) references user_account (id)');
  }

  override down(): void {
    this.addSql('drop table email_code');
    this.addSql('alter table "tenant" drop column "email_codes"');
  }
}
