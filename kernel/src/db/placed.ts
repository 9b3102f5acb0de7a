import { p } from '@mikro-orm/core';
import { visibilities } from '../access/visibility.ts';
import { tenantProperties } from './orm.ts';

/** Properties of what a person writes in a tenant. */
export const writtenProperties = {
  ...tenantProperties,
  authorId: p.uuid(),
  visibility: p.enum(visibilities),
  editedAt: p.datetime().nullable(),
  /** When it was hidden by those who manage there; null where it is not. */
  hiddenAt: p.datetime().nullable(),
};

/** The same of what lies at a tenant, a community or a team; `access/placed.ts` says what follows from where. */
export const placedProperties = {
  ...writtenProperties,
  communityId: p.uuid().nullable(),
  teamId: p.uuid().nullable(),
};

/** The conditions of `visibleRows` (access/visibility.ts), and by which columns each is found. */
const REASONS: Record<string, Condition> = {
  public: ['id', "visibility = 'PUBLIC'"],
  of_community: ['community_id, id', "visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null"],
  of_team: ['team_id, id', "visibility = 'TEAM'"],
  at_tenant: ['id', 'community_id is null and team_id is null'],
  private: ['author_id, id', "visibility = 'PRIVATE'"],
  hidden: ['author_id, id', 'hidden_at is not null'],
};

type Condition = readonly [columns: string, condition: string];

/** Partial indexes for the `indexes` of an entity: by name, the columns after the tenant's and the condition. */
export const partialIndexes = (table: string, indexes: Readonly<Record<string, Condition>>) =>
  Object.entries(indexes).map(([reason, [columns, condition]]) => {
    const name = `${table}_${reason}`;
    return { name, expression: `create index ${name} on ${table} (tenant_id, ${columns}) where ${condition}` };
  });

/**
 * Those of an entity with `placedProperties` that is listed by id: one per reason to see a row, so that few visible rows are found among
 * any number of hidden ones.
 */
export const visibilityIndexes = (table: string) => partialIndexes(table, REASONS);
