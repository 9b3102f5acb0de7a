import { Migration } from '@mikro-orm/migrations';

/** Authors see what of theirs is hidden: a reason of its own, without whose index every list walked through all rows. */
export class Migration20261122021000_event_hidden_index extends Migration {
  override up(): void {
    this.addSql('create index event_hidden on event (tenant_id, author_id, id) where hidden_at is not null');
  }

  override down(): void {
    this.addSql('drop index event_hidden');
  }
}
