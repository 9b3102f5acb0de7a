import { Migration } from '@mikro-orm/migrations';

export class Migration20261121181220_flag_origin extends Migration {
  override name = 'Migration20261121181220_flag_origin';

  override up(): void {
    this.addSql(`alter table "subject_flag" add "origin" text not null default 'ADMINISTRATOR';`);
    this.addSql(
      `alter table "subject_flag" add constraint "subject_flag_origin_check" check ("origin" in ('ADMINISTRATOR', 'ACCOUNT'));`,
    );
    // Nobody wrote down who had decided; what accounts are suspended by has no end, and replaying the history goes by the same rule.
    this.addSql(`update "subject_flag" set "origin" = 'ACCOUNT' where "flag" = 'SUSPENDED' and "valid_until" is null;`);
    this.addSql(`alter table "subject_flag" drop constraint "subject_flag_unique";`);
    this.addSql(
      `alter table "subject_flag" add constraint "subject_flag_unique" unique nulls not distinct ("subject_id", "tenant_id", "flag", "origin");`,
    );
  }
}
