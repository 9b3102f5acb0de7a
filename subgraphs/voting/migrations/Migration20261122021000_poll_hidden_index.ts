import { Migration } from '@mikro-orm/migrations';

/** Authors see what of theirs is hidden: a reason of its own, without whose index every list walked through all rows. */
export class Migration20261122021000_poll_hidden_index extends Migration {
  override up(): void {
    this.addSql('create index poll_hidden on poll (tenant_id, author_id, id) where hidden_at is not null');
  }

  override down(): void {
    this.addSql('drop index poll_hidden');
  }
}
