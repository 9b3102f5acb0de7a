import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { record } from '../audit/audit.service.ts';
import { Credential } from '../credential/credential.entity.ts';
import { useErrors } from '../invitation/invitation.errors.ts';
import { checkInvitation, type Invited, useInvitation } from '../invitation/invitation.use.ts';
import { Membership } from '../membership/membership.entity.ts';
import { bindMember, tenantRoleOf } from '../membership/membership.service.ts';
import { addMember } from '../membership/membership.write.ts';
import { startSession } from '../session/session.service.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { TokenInvalid } from '../token/token.errors.ts';
import { consume, type LiveToken, peek, revokeAll } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { UsernameTaken, usernameErrors } from '../user/user.errors.ts';
import { anotherUsername } from '../user/user.names.ts';

const activationErrors = { ...usernameErrors, ...useErrors };

/** Names like the wished one that are tried where it is taken. */
const OTHER_NAMES = 5;

interface Activated {
  user: User;
  invited: Invited | null;
}

/** Makes the new account a member of the tenant in which it signed up; an invitation is used up by it. */
export async function enter(
  tx: EntityManager,
  ctx: Context,
  { id: userId, email }: User,
  place: { tenantId: string; hash: string | null },
): Promise<Invited | null> {
  const { tenantId, hash } = place;
  const invited = hash ? await useInvitation(tx, ctx, { tenantId, hash, email: email ?? null, userId }) : null;
  const { signUpPolicy } = await tx.findOneOrFail(Tenant, tenantId);
  // The policy may have changed since; then the account is there, and waits for an invitation.
  if (invited || signUpPolicy === 'OPEN')
    await addMember(tx, ctx, { tenantId, userId, roleKey: tenantRoleOf(invited) });
  return invited;
}

async function activate(tx: EntityManager, ctx: Context, token: string, name: string | null): Promise<Activated> {
  const { userId, payload } = await consume(tx, ctx, 'ACTIVATION', token);
  const { passwordHash, tenantId: homeTenantId = null } = payload;
  const user = await tx.findOneOrFail(User, userId);
  if (user.status !== 'PENDING' || !passwordHash) throw new TokenInvalid();
  const now = ctx.clock.now();
  const username = name ?? user.username;
  user.activate(now, {
    homeTenantId,
    username,
    displayName: payload.displayName ?? username,
    language: payload.language ?? null,
  });
  tx.create(Credential, { id: uuidv7(), createdAt: now, userId, passwordHash, changedAt: now });
  await revokeAll(tx, ctx, userId, ['ACTIVATION']);
  record(tx, ctx, { type: 'user_activated', userId, tenantId: homeTenantId });
  await recordEvent(tx, ctx, 'identity.user.activated', { subject: userId, data: { userId } });
  if (!homeTenantId) return { user, invited: null };
  const place = { tenantId: homeTenantId, hash: payload.invitationHash ?? null };
  return { user, invited: await enter(tx, ctx, user, place) };
}

/** Acts with the wished user name, or with one like it where somebody has that: at an activation too, a taken name is replaced, not reported. */
export async function withUsername<Result>(
  wish: string | null,
  act: (username: string | null) => Promise<Result>,
): Promise<Result> {
  let username = wish;
  for (let left = wish ? OTHER_NAMES : 0; ; left--) {
    try {
      return await act(username);
    } catch (error) {
      if (left === 0 || !(error instanceof UsernameTaken)) throw error;
      username = anotherUsername(wish);
    }
  }
}

async function assertInvited(ctx: Context, { userId, payload }: LiveToken): Promise<void> {
  const { tenantId, invitationHash: hash } = payload;
  if (!tenantId || !hash) return;
  const { email } = await ctx.em.fork().findOneOrFail(User, userId);
  await checkInvitation(ctx, { tenantId, hash, email: email ?? null });
}

/** Activates the account whose link was mailed and signs its person in; it becomes a member of the tenant in which it signed up. */
export async function activateAccount(ctx: Context, token: string): Promise<User> {
  const known = await peek(ctx.em.fork(), ctx, 'ACTIVATION', token);
  const { tenantId = null, username = null } = known.payload;
  await assertInvited(ctx, known);
  const { user, invited } = await withUsername(username, (name) =>
    write(ctx.inTenant(tenantId), (tx) => activate(tx, ctx, token, name), activationErrors),
  );
  if (tenantId) await bindIfMember(ctx, { tenantId, userId: user.id }, invited);
  // The link proved the address, as one to sign in does.
  startSession(ctx, user, ['email']);
  return user;
}

/** Gives the role of a membership that is there by now. */
export async function bindIfMember(
  ctx: Context,
  place: { tenantId: string; userId: string },
  invited: Invited | null,
): Promise<void> {
  const member = await ctx.inTenant(place.tenantId).em.fork().count(Membership, place);
  if (member > 0) await bindMember(ctx, place, tenantRoleOf(invited), invited);
}
