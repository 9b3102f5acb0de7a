import { AppError } from '@polity/kernel/graph/errors';
import type { ServiceClient } from '@polity/kernel/service/client';
import type { Context } from '../context.ts';

/** Role templates that identity declares and gives. */
export type TenantRole = 'tenant.owner' | 'tenant.member';

interface Mirrored {
  tenantId: string;
  userId: string;
}

const REGISTER_SCOPE = 'mutation RegisterScope($input: ScopeRegistrationInput!) { _registerScope(input: $input) }';
const BIND_ROLE = 'mutation BindRole($input: ServiceBindInput!) { _bindRole(input: $input) }';
const UNBIND_ROLES =
  'mutation UnbindRoles($userId: ID!, $scope: ScopeInput!) { _unbindRoles(userId: $userId, scope: $scope, below: true) }';
const SET_MASTER_FLAG =
  'mutation SetMasterFlag($userId: ID!, $flag: MasterFlag!, $value: Boolean!, $reason: String!) { _setMasterFlag(userId: $userId, flag: $flag, value: $value, reason: $reason) }';

const scopeOf = (tenantId: string) => ({ type: 'TENANT', id: tenantId });

/** Tells access that the tenant exists; repeating it changes nothing. */
export async function registerTenant(services: ServiceClient, tenantId: string): Promise<void> {
  await services.call('access', REGISTER_SCOPE, { input: { ...scopeOf(tenantId), parentId: null } });
}

/** Gives the role; repeating it changes nothing. */
export async function bindTenantRole(
  services: ServiceClient,
  { tenantId, userId }: Mirrored,
  roleKey: TenantRole,
  reason: string,
) {
  await services.call('access', BIND_ROLE, { input: { userId, roleKey, scope: scopeOf(tenantId), reason } });
}

/** Takes every role of the person in the tenant and below it; called before the membership ends (revokes first). Throws LAST_OWNER for the only owner. */
export async function unbindTenantRoles(ctx: Context, { tenantId, userId }: Mirrored): Promise<void> {
  await ctx.servicesOf(tenantId).call('access', UNBIND_ROLES, { userId, scope: scopeOf(tenantId) });
}

/** Sets or clears a platform-wide flag of access. */
export async function setMasterFlag(
  services: ServiceClient,
  userId: string,
  flag: 'SUSPENDED' | 'SYSTEM_ADMIN',
  value: boolean,
  reason: string,
) {
  await services.call('access', SET_MASTER_FLAG, { userId, flag, value, reason });
}

/**
 * Mirrors a membership that is committed already (grants last). When access does not answer, the person has the membership without its
 * roles until the event `identity.membership.created` has repaired that.
 */
export async function mirrorMembership(ctx: Context, member: Mirrored, roleKey: TenantRole): Promise<void> {
  const services = ctx.servicesOf(member.tenantId);
  try {
    if (roleKey === 'tenant.owner') await registerTenant(services, member.tenantId);
    await bindTenantRole(services, member, roleKey, 'membership');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ err: error, tenantId: member.tenantId }, 'membership not mirrored yet');
  }
}
