import { Migration } from '@mikro-orm/migrations';

// Keys were sealed by a key of their own before; now by the common ones, which `rotate-secrets` renews. A new key is made with the first use.
export class Migration20261120036000_signing_key_box extends Migration {
  override up(): void {
    this.addSql('delete from signing_key');
  }

  override down(): void {
    this.addSql('delete from signing_key');
  }
}
