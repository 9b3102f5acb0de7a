import { permissionsAt } from '@polity/kernel/access/list';
import { bindRole, grantLast, lackedToGive, registerScope, unbindRoles } from '@polity/kernel/access/mirror';
import { communityScope, tenantScope } from '@polity/kernel/access/mirrored';
import { type AccessRows, compileAccessSet, isLive, type Validity } from '@polity/kernel/access/set';
import { compileScopeTree, type ScopeRef } from '@polity/kernel/access/tree';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { ServiceClient } from '@polity/kernel/service/client';
import type { Context } from '../context.ts';

interface Mirrored {
  tenantId: string;
  userId: string;
}

const SET_MASTER_FLAG =
  'mutation SetMasterFlag($userId: ID!, $flag: MasterFlag!, $value: Boolean!, $reason: String!) { _setMasterFlag(userId: $userId, flag: $flag, value: $value, reason: $reason) }';

const ACCESS_ROWS = 'query AccessRows($subjectId: ID!) { _accessRows(subjectId: $subjectId) }';
/** Roles that whoever may invite may also give, as far as they hold now themselves what it means to be there. */
const MEMBER_ROLES = new Set(['tenant.member', 'portal.member']);

/** Tells access that the tenant exists; repeating it changes nothing. */
export async function registerTenant(services: ServiceClient, tenantId: string): Promise<void> {
  await registerScope({ services }, { ...tenantScope(tenantId), parentId: null });
}

/** Gives the role; repeating it changes nothing. */
export async function bindTenantRole(
  services: ServiceClient,
  { tenantId, userId }: Mirrored,
  roleKey: string,
  reason: string,
) {
  await bindRole({ services }, { userId, roleKey, scope: tenantScope(tenantId), reason });
}

/**
 * Takes every role of the person in the tenant and below it; called before the membership ends (revokes first), which the caller has locked
 * until that is committed. Throws LAST_OWNER for the only owner.
 */
export async function unbindTenantRoles(
  ctx: Context,
  { id, tenantId, userId }: Mirrored & { id: string },
): Promise<void> {
  await unbindRoles(ctx.inTenant(tenantId), { id, userId }, tenantScope(tenantId));
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
export async function mirrorMembership(ctx: Context, member: Mirrored, roleKey: string): Promise<void> {
  const services = ctx.inTenant(member.tenantId).services;
  await grantLast(ctx, async () => {
    if (roleKey === 'tenant.owner') await registerTenant(services, member.tenantId);
    await bindTenantRole(services, member, roleKey, 'membership');
  });
}

/** A role that somebody would let others in with. */
export interface OfferedRole {
  giverId: string;
  roleKey: string;
  scope: ScopeRef;
}

/** Whether they may give this role there: one cannot let others in with more, or for longer, than one may give and holds oneself. */
export async function mayGiveRole(ctx: Context, { giverId, roleKey, scope }: OfferedRole): Promise<boolean> {
  const admits = MEMBER_ROLES.has(roleKey);
  const lacked = await lackedToGive(ctx, { userId: giverId, roleKey, scope, forGood: !admits });
  if (lacked?.length !== 0) return false;
  return admits || (await ctx.access.authorizer()).may('access.binding.manage', scope);
}

/** Mirrors what an invitation gives at a community; portal makes the membership from the event `identity.invitation.used`. */
export async function mirrorCommunityRole(
  ctx: Context,
  userId: string,
  { tenantId, communityId, roleKey }: { tenantId: string; communityId: string | null; roleKey: string },
): Promise<void> {
  if (!communityId) return;
  const scope = communityScope(communityId);
  const via = ctx.inTenant(tenantId);
  await grantLast(ctx, () => bindRole(via, { userId, roleKey, scope, reason: 'invitation' }));
}

async function rowsOf(services: ServiceClient, subjectId: string): Promise<AccessRows> {
  return (await services.call<{ _accessRows: AccessRows }>('access', ACCESS_ROWS, { subjectId }))._accessRows;
}

async function ownerships(services: ServiceClient, userId: string): Promise<Validity[]> {
  const { tenantId, bindings, roles } = await rowsOf(services, userId);
  const owner = new Set(roles.filter(({ key }) => key === 'tenant.owner').map(({ id }) => id));
  return bindings.filter(({ roleId, scopeId }) => scopeId === tenantId && owner.has(roleId));
}

/** Whether the account was made an owner of the tenant of these services, for whatever time. */
export async function ownsTenant(services: ServiceClient, userId: string): Promise<boolean> {
  return (await ownerships(services, userId)).length > 0;
}

/** Throws Forbidden where somebody who does not own the tenant of the request would act on one who does: owners answer to owners. */
export async function assertMayActOnOwner(ctx: Context, userId: string): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const ownsNow = async (id: string) => (await ownerships(ctx.services, id)).some((row) => isLive(row, nowMs));
  if (!(await ownsNow(userId))) return;
  const viewerId = ctx.viewer.id ?? '';
  if (!(await ownsNow(viewerId)) && !(await administered(ctx.services, viewerId, nowMs)))
    throw new Forbidden('Only an owner of the tenant may do this to an owner.');
}

/** Permissions that the account holds at the tenant of the request itself and the viewer does not. */
export async function beyondViewer(ctx: Context, userId: string): Promise<string[]> {
  const rows = await rowsOf(ctx.services, userId);
  const tenant = { type: 'TENANT', id: rows.tenantId } as const;
  const [own, nowMs] = [await ctx.access.set(), ctx.clock.nowMs()];
  // What lies below the tenant is left out, so that it does not matter how old a tree of all scopes would be.
  const tree = compileScopeTree([{ ...tenant, parentId: null }], Number.MAX_SAFE_INTEGER);
  const held = new Set(permissionsAt(own, tenant, nowMs));
  return permissionsAt(compileAccessSet(rows, own.catalogue, tree, nowMs), tenant, nowMs).filter(
    (code) => !held.has(code),
  );
}

/** Whether the account administered the whole installation at that instant, as far as its flag is still there. */
export async function administered(services: ServiceClient, userId: string, atMs: number): Promise<boolean> {
  const { flags } = await rowsOf(services, userId);
  return flags.some((row) => row.flag === 'SYSTEM_ADMIN' && isLive(row, atMs));
}

/** Whether the account administers the whole installation without end. */
export async function administersForGood(services: ServiceClient, userId: string): Promise<boolean> {
  const { flags } = await rowsOf(services, userId);
  return flags.some(({ flag, validUntil }) => flag === 'SYSTEM_ADMIN' && validUntil === null);
}
