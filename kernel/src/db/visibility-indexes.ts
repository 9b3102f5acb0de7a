/** The conditions of `visibleRows` (access/visibility.ts), and by which columns each is found. */
const REASONS = [
  ['public', 'tenant_id, id', "visibility = 'PUBLIC'"],
  [
    'of_community',
    'tenant_id, community_id, id',
    "visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null",
  ],
  ['of_team', 'tenant_id, team_id, id', "visibility = 'TEAM'"],
  ['at_tenant', 'tenant_id, id', 'community_id is null and team_id is null'],
  ['private', 'tenant_id, author_id, id', "visibility = 'PRIVATE'"],
] as const;

/**
 * Partial indexes for the `indexes` of an entity that is seen by `visibleRows` and listed by id: one per reason to see a row, so that few
 * visible rows are found among any number of hidden ones. Its table has the columns visibility, community_id, team_id, author_id.
 */
export const visibilityIndexes = (table: string): { name: string; expression: string }[] =>
  REASONS.map(([reason, columns, condition]) => {
    const name = `${table}_${reason}`;
    return { name, expression: `create index ${name} on ${table} (${columns}) where ${condition}` };
  });

/** The index of the last reason, beside those: authors see what of theirs is hidden. For tables that have the column hidden_at. */
export const hiddenIndex = (table: string): { name: string; expression: string } => {
  const name = `${table}_hidden`;
  return {
    name,
    expression: `create index ${name} on ${table} (tenant_id, author_id, id) where hidden_at is not null`,
  };
};
