import type { Visible } from '../db/branches.ts';
import type { Match } from '../db/rows.ts';
import type { Sql } from '../db/sql.ts';
import { InvalidInput } from '../graph/errors.ts';
import type { Authorizer } from './authorizer.ts';
import type { ScopeRef, ScopeType } from './tree.ts';
import { canSee, type Visibility, type VisibilityCodes, visibleRows } from './visibility.ts';

/** A row that lies at its team, else at its community, else at the tenant itself. */
interface PlacedRow {
  tenantId: string;
  communityId?: string | null | undefined;
  teamId?: string | null | undefined;
}

/** Where a row lies, or would lie. */
export interface RowPlace {
  readonly scope: ScopeRef;
  readonly communityId: string | null;
  readonly teamId: string | null;
}

/** The scope at which a row lies. */
export function scopeOfRow({ tenantId, communityId, teamId }: PlacedRow): ScopeRef {
  if (teamId) return { type: 'TEAM', id: teamId };
  return communityId ? { type: 'COMMUNITY', id: communityId } : { type: 'TENANT', id: tenantId };
}

/** The same, with the ids that a row stores. */
export const placeOfRow = (row: PlacedRow): RowPlace => ({
  scope: scopeOfRow(row),
  communityId: row.communityId ?? null,
  teamId: row.teamId ?? null,
});

/** The condition on rows that they lie at exactly this scope. */
export function lyingAt({ type, id }: ScopeRef): Match<PlacedRow> {
  if (type === 'TEAM') return { teamId: id };
  return type === 'COMMUNITY' ? { communityId: id, teamId: null } : { tenantId: id, communityId: null, teamId: null };
}

const TYPENAME = { TENANT: 'Tenant', COMMUNITY: 'Community', TEAM: 'Team' } as const;

/** The entity that a scope is, for whichever subgraph owns it. */
export const scopeStub = ({ type, id }: ScopeRef) => ({ __typename: TYPENAME[type], id });

/** Whether the viewer is one of those for whom the things for members of this place are. */
export function belongsTo(authorizer: Authorizer, codes: VisibilityCodes, { scope, ...ids }: RowPlace): boolean {
  const { communityId, teamId } = ids;
  const visibility = scope.type === 'TEAM' ? 'TEAM' : 'COMMUNITY';
  return canSee(authorizer.sees(codes), { visibility, communityId, teamId, authorId: null }, authorizer.viewerId);
}

/** Whether the viewer may at a place, which takes belonging to it as well: a permission of the community alone reaches its teams. */
export const mayAsMember = (
  authorizer: Authorizer,
  codes: VisibilityCodes,
  place: RowPlace,
  permission: string,
): boolean => belongsTo(authorizer, codes, place) && authorizer.may(permission, place.scope);

const COLUMNS = {
  visibility: 't.visibility',
  communityId: 't.community_id',
  teamId: 't.team_id',
  authorId: 't.author_id',
  hiddenAt: 't.hidden_at',
};

/** Which rows the viewer sees of an entity with the columns of `placedProperties` (db/placed.ts); a block does not hide what meets `despiteBlocks`. */
export const visiblePlaced = (authorizer: Authorizer, codes: VisibilityCodes, despiteBlocks?: Sql): Visible =>
  visibleRows(authorizer.sees(codes), COLUMNS, authorizer.viewerId, despiteBlocks);

/** The visibility of a thing at a kind of scope: that of its members unless chosen. Throws InvalidInput for TEAM outside a team. */
export function visibilityAt(type: ScopeType, chosen: Visibility | undefined): Visibility {
  if (chosen === 'TEAM' && type !== 'TEAM') throw new InvalidInput({ visibility: 'TEAM is for what lies at a team' });
  return chosen ?? (type === 'TEAM' ? 'TEAM' : 'COMMUNITY');
}
