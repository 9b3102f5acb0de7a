import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { rows } from '@polity/kernel/db/orm';
import { write } from '@polity/kernel/domain/write';
import { Conflict, Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { assertMayActOnOwner, mirrorCommunityRole, mirrorMembership, unbindTenantRoles } from '../access-mirror.ts';
import { useErrors } from '../invitation/invitation.errors.ts';
import { checkInvitation, type Invited, useInvitation } from '../invitation/invitation.use.ts';
import { Tenant, type TenantRow } from '../tenant/tenant.entity.ts';
import { hashOf } from '../token/token.service.ts';
import { User, type UserRow } from '../user/user.entity.ts';
import { assertReaches, isSelf, mayNow, ownsAccount, viewerIdOf } from '../viewer-rights.ts';
import { Membership, type MembershipRow } from './membership.entity.ts';
import { AlreadyMember, membershipErrors } from './membership.errors.ts';
import { addMember, endMember } from './membership.write.ts';

const IS_MEMBER = `select 1 as found from tenant_membership
  where tenant_id = ? and user_id = ? and status = 'ACTIVE'`;

interface Place {
  tenantId: string;
  userId: string;
}

/** Gives a committed member their role (grants last), and what an invitation adds to it. */
export async function bindMember(ctx: Context, place: Place, roleKey: string, invited?: Invited | null): Promise<void> {
  await mirrorMembership(ctx, place, roleKey);
  if (invited?.communityId) await mirrorCommunityRole(ctx, place.userId, invited);
}

/** Role at the tenant of somebody who came with this invitation, or without one. */
export function tenantRoleOf(invited: Invited | null): string {
  return invited && !invited.communityId ? invited.roleKey : 'tenant.member';
}

/** Makes the viewer a member of an open tenant, or of one to which they are invited. */
export async function joinTenant(ctx: Context, slug: string, invitation?: string | null): Promise<Membership> {
  const userId = viewerIdOf(ctx);
  const tenant = /^[a-z0-9-]{1,63}$/i.test(slug)
    ? await ctx.em.fork().findOne(Tenant, { slug: slug.toLowerCase() })
    : null;
  if (!tenant) throw new NotFound('Tenant');
  const { id: tenantId, signUpPolicy } = tenant;
  assertReaches(ctx, tenantId);
  if (signUpPolicy === 'CLOSED' || (signUpPolicy !== 'OPEN' && !invitation)) {
    throw new Forbidden('Nobody can join this tenant without an invitation.', { signUpPolicy });
  }
  const place = { tenantId, userId };
  const { membership, invited } = await insertMember(ctx, place, invitation ? hashOf(invitation) : null);
  await bindMember(ctx, place, tenantRoleOf(invited), invited);
  return membership;
}

interface Joined {
  membership: Membership;
  invited: Invited | null;
}

async function insertMember(ctx: Context, place: Place, hash: string | null): Promise<Joined> {
  const { email, emailVerifiedAt } = await ctx.em.fork().findOneOrFail(User, place.userId);
  // Only an address that was confirmed opens an invitation to that address.
  const guest = hash ? { ...place, hash, email: emailVerifiedAt ? (email ?? null) : null } : null;
  const there = ctx.inTenant(place.tenantId);
  // Told before the invitation is looked at: a member who used it is a member, not somebody with a bad invitation.
  if ((await there.em.fork().count(Membership, place)) > 0) throw new AlreadyMember();
  if (guest) await checkInvitation(ctx, guest);
  const enter = async (tx: EntityManager) => {
    const invited = guest ? await useInvitation(tx, ctx, guest) : null;
    return { membership: await addMember(tx, ctx, { ...place, roleKey: tenantRoleOf(invited) }), invited };
  };
  return write(there, enter, { ...membershipErrors, ...useErrors });
}

async function endOf(ctx: Context, place: Place, reason: string): Promise<Membership> {
  if (!isUuid(place.tenantId) || !isUuid(place.userId)) throw new NotFound('Membership');
  const person = await ctx.loaders.userById.load(place.userId);
  const ended = await write(ctx, async (tx) => {
    const membership = await tx.findOne(Membership, place, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!membership) throw new NotFound('Membership');
    await unbindTenantRoles(ctx, membership);
    await endMember(tx, ctx, membership, reason);
    return membership;
  });
  // The answer shows the person, whom the viewer may not see any more once the membership has ended.
  ctx.loaders.userById.prime(place.userId, person);
  await ctx.tokensEnded();
  return ended;
}

/** Ends the viewer's own membership and returns it as it was. Throws LAST_OWNER for the only owner. */
export async function leaveTenant(ctx: Context, tenantId: string): Promise<Membership> {
  const userId = viewerIdOf(ctx);
  assertReaches(ctx, tenantId);
  return endOf(ctx, { tenantId, userId }, 'left');
}

/** Ends somebody's membership of the tenant of the request and returns it as it was. Throws FORBIDDEN, NOT_FOUND, CONFLICT for the viewer, LAST_OWNER. */
export async function removeTenantMember(ctx: Context, userId: string): Promise<Membership> {
  const { tenantId } = ctx.request;
  if (!tenantId || !(await mayNow(ctx, 'identity.member.remove'))) throw new Forbidden();
  if (isSelf(ctx.viewer, userId)) throw new Conflict('Leave the tenant instead.');
  await assertMayActOnOwner(ctx, userId);
  return endOf(ctx, { tenantId, userId }, 'removed');
}

/** Memberships of the person who asks; null for everybody else. */
export async function membershipsOf(ctx: Context, userId: string): Promise<MembershipRow[] | null> {
  return ownsAccount(ctx.viewer, userId) ? ctx.loaders.membershipsOfUser.load(userId) : null;
}

/** Whether somebody belongs to the tenant of the request. */
export async function isMember(
  { em, request: { tenantId } }: Pick<Context, 'em' | 'request'>,
  userId: string,
): Promise<boolean> {
  if (!tenantId || !isUuid(userId)) return false;
  return (await rows(em, IS_MEMBER, [tenantId, userId])).length > 0;
}

/** The tenant of a membership that the viewer was shown. */
export async function tenantOf(ctx: Context, { tenantId }: MembershipRow): Promise<TenantRow> {
  const tenant = await ctx.loaders.tenantById.load(tenantId);
  if (!tenant) throw new NotFound('Tenant');
  return tenant;
}

/** The person of a membership that the viewer was shown. */
export async function personOf(ctx: Context, { userId }: MembershipRow): Promise<UserRow> {
  const user = await ctx.loaders.userById.load(userId);
  if (!user) throw new NotFound('User');
  return user;
}
