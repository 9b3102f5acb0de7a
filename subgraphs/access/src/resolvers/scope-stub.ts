import type { ScopeRef } from '@polity/kernel/access/tree';

const TYPENAME = { TENANT: 'Tenant', COMMUNITY: 'Community', TEAM: 'Team' } as const;

/** The entity of another subgraph that a scope is. */
export function scopeStub({ type, id }: ScopeRef) {
  return { __typename: TYPENAME[type], id };
}
