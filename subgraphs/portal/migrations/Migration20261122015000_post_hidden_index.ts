import { Migration } from '@mikro-orm/migrations';

/** Authors see what of theirs is hidden: a reason of its own, without whose index every list walked through all rows. */
export class Migration20261122015000_post_hidden_index extends Migration {
  override up(): void {
    this.addSql('create index post_hidden on post (tenant_id, author_id, id) where hidden_at is not null');
  }

  override down(): void {
    this.addSql('drop index post_hidden');
  }
}
