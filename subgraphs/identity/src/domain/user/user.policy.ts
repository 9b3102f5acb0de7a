import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { Viewer } from '@polity/kernel/request/context';
import type { User } from './user.entity.ts';

/** Address and status are for the person and for those who may read accounts at the tenant. */
export function seesPrivate(viewer: Viewer, authorizer: Authorizer, user: Pick<User, 'id'>): boolean {
  if (viewer.kind === 'user' && viewer.id === user.id) return true;
  return authorizer.mayAtTenant('identity.user.read');
}

/**
 * An account is governed by the tenant in which it was made; an account that came from elsewhere only by the administrators of the
 * whole installation, because a suspension reaches every tenant.
 */
export function governs(user: Pick<User, 'homeTenantId'>, tenantId: string | null, systemAdmin: boolean): boolean {
  return systemAdmin || (tenantId !== null && user.homeTenantId === tenantId);
}
