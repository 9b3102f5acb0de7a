import { Migration } from '@mikro-orm/migrations';

/** Few posts that somebody sees are found among any number of others: an index per reason to see one. */
export class Migration20261121225000_visibility_indexes extends Migration {
  override up(): void {
    this.addSql(`create index post_public on post (tenant_id, id) where visibility = 'PUBLIC'`);
    this.addSql(
      `create index post_of_community on post (tenant_id, community_id, id) where visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null`,
    );
    this.addSql(`create index post_of_team on post (tenant_id, team_id, id) where visibility = 'TEAM'`);
    this.addSql(`create index post_at_tenant on post (tenant_id, id) where community_id is null and team_id is null`);
    this.addSql(`create index post_private on post (tenant_id, author_id, id) where visibility = 'PRIVATE'`);
  }

  override down(): void {
    for (const reason of ['public', 'of_community', 'of_team', 'at_tenant', 'private']) {
      this.addSql(`drop index post_${reason}`);
    }
  }
}
