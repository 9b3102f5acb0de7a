import type { ScopeRef } from '@polity/kernel/access/tree';

/** What a row says of where it lies. */
interface Placed {
  tenantId: string;
  communityId?: string | null | undefined;
  teamId?: string | null | undefined;
}

/** The scope at which a row lies: its team, else its community, else the tenant. */
export function scopeOfRow({ tenantId, communityId, teamId }: Placed): ScopeRef {
  if (teamId) return { type: 'TEAM', id: teamId };
  return communityId ? { type: 'COMMUNITY', id: communityId } : { type: 'TENANT', id: tenantId };
}

const TYPENAME = { TENANT: 'Tenant', COMMUNITY: 'Community', TEAM: 'Team' } as const;

/** The entity of another subgraph that a scope is. */
export function scopeStub(row: Placed) {
  const { type, id } = scopeOfRow(row);
  return { __typename: TYPENAME[type], id };
}
