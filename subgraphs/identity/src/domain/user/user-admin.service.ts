import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { everything } from '@polity/kernel/db/branches';
import { readNeededReason } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Conflict, Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { actorOf } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { notify } from '../../mails/notify.ts';
import { administered, assertMayActOnOwner, beyondViewer, setMasterFlag } from '../access-mirror.ts';
import { AuditEntry } from '../audit/audit.entity.ts';
import { record } from '../audit/audit.service.ts';
import { RecoveryCode, TotpFactor } from '../mfa/factors.entity.ts';
import { TrustedDevice } from '../mfa/trusted-device.entity.ts';
import { endSessions, startImpersonation } from '../session/session.service.ts';
import { isSelf, isSystemAdmin, mayNow, viewerIdOf } from '../viewer-rights.ts';
import { User } from './user.entity.ts';
import { governs } from './user.policy.ts';
import { knownUser } from './user.visibility.ts';

/**
 * The account, held until the transaction ends, for whoever holds the permission over it. Throws Forbidden, and NotFound for what cannot be
 * seen; one that is refused is not held.
 */
async function governed(ctx: Context, tx: EntityManager, id: string, permission: string): Promise<User> {
  if (!(await mayNow(ctx, permission))) throw new Forbidden();
  const systemAdmin = await isSystemAdmin(ctx);
  const visible = systemAdmin ? everything : [{ when: knownUser(ctx) }];
  const user = await getVisible(tx, User, { id, visible, noun: 'User' });
  if (user.status === 'DELETED') throw new NotFound('User');
  if (!governs(user, ctx.request.tenantId, systemAdmin)) {
    throw new Forbidden(
      'This account was made elsewhere. Remove it from the tenant, or ask an administrator of the installation.',
    );
  }
  if (!systemAdmin && (await administered(ctx.services, user.id, ctx.clock.nowMs()))) throw new Forbidden();
  if (!systemAdmin) await assertMayActOnOwner(ctx, user.id);
  return tx.refreshOrFail(user, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Suspends an account everywhere: access denies at once, then every session ends. */
export async function suspend(ctx: Context, id: string, givenReason: string): Promise<User> {
  const reason = readNeededReason(givenReason);
  if (isSelf(ctx.viewer, id)) throw new Conflict('You cannot suspend yourself.');
  const user = await write(ctx, async (tx) => {
    const account = await governed(ctx, tx, id, 'identity.user.suspend');
    const { id: userId, status } = account;
    if (status !== 'ACTIVE') throw new Conflict('Only an active account can be suspended.', { status });
    // Access denies before the account says why.
    await setMasterFlag(ctx.services, userId, 'SUSPENDED', true, reason);
    account.suspend(reason, ctx.clock.now());
    record(tx, ctx, { type: 'user_suspended', userId, data: { reason } });
    await recordEvent(tx, ctx, 'identity.user.suspended', { subject: userId, data: { userId } });
    await recordEvent(tx, ctx, 'identity.sessions.ended', {
      subject: userId,
      data: { userId, tenantId: null, reason: 'suspended' },
    });
    return account;
  });
  endSessions(ctx, user.id, 'endAll');
  return user;
}

/** Throws Forbidden for a suspension that an administrator of the installation decided, or another tenant: it is theirs to end. */
async function assertSuspendedHere(ctx: Context, tx: EntityManager, userId: string): Promise<void> {
  if (await isSystemAdmin(ctx)) return;
  const decisions = { tenantId: ctx.request.tenantId, userId, type: { $in: ['user_suspended', 'user_reinstated'] } };
  const [latest] = await tx.find(AuditEntry, decisions, { orderBy: { id: 'desc' }, limit: 1 });
  const ours = latest?.type === 'user_suspended' && latest.actorId !== null && latest.actorId !== undefined;
  if (!ours || (await administered(ctx.services, latest.actorId as string, latest.createdAt.getTime())))
    throw new Forbidden('This suspension was not decided in this tenant.');
}

/** Lets a suspended account in again. */
export async function reinstate(ctx: Context, id: string): Promise<User> {
  const user = await write(ctx, async (tx) => {
    const account = await governed(ctx, tx, id, 'identity.user.suspend');
    const { id: userId, status } = account;
    if (status !== 'SUSPENDED') throw new Conflict('Only a suspended account can be reinstated.', { status });
    await assertSuspendedHere(ctx, tx, userId);
    account.reinstate(ctx.clock.now());
    record(tx, ctx, { type: 'user_reinstated', userId });
    await recordEvent(tx, ctx, 'identity.user.reinstated', { subject: userId, data: { userId } });
    return account;
  });
  await setMasterFlag(ctx.services, user.id, 'SUSPENDED', false, 'reinstated');
  return user;
}

/** Takes the authenticator app of somebody who lost it; their sessions end and they are told. Passkeys stay. */
export async function resetMfa(ctx: Context, id: string, givenReason: string): Promise<User> {
  const reason = readNeededReason(givenReason);
  if (isSelf(ctx.viewer, id)) throw new Conflict('Disable your own second factor instead.');
  const user = await write(ctx, async (tx) => {
    const account = await governed(ctx, tx, id, 'identity.user.resetMfa');
    const userId = account.id;
    const removed = await tx.nativeDelete(TotpFactor, { userId });
    if (removed === 0) throw new Conflict('This account has no authenticator app.');
    await tx.nativeDelete(RecoveryCode, { userId });
    await tx.nativeDelete(TrustedDevice, { userId });
    record(tx, ctx, { type: 'authn_mfa_removed', userId, data: { method: 'otp', reason } });
    await recordEvent(tx, ctx, 'identity.sessions.ended', {
      subject: userId,
      data: { userId, tenantId: null, reason: 'second factor reset' },
    });
    return account;
  });
  endSessions(ctx, user.id, 'endAll');
  await notify(ctx, user.email, (say) => say.appTaken(), 'another');
  return user;
}

/**
 * Ends the viewer's session and begins one as somebody else. It is never fresh, so nothing sensitive can be done in it, and whatever is
 * recorded names who really acted. The person is told.
 */
export async function impersonate(ctx: Context, id: string, givenReason: string): Promise<User> {
  const reason = readNeededReason(givenReason);
  const actorId = viewerIdOf(ctx);
  if (actorOf(ctx.viewer)) throw new Conflict('You are acting as somebody else already.');
  if (isSelf(ctx.viewer, id)) throw new Conflict('You are this person.');
  const user = await write(ctx, async (tx) => {
    const account = await governed(ctx, tx, id, 'identity.user.impersonate');
    const { id: userId, status } = account;
    if (status !== 'ACTIVE') throw new Conflict('Only an active account can be acted for.', { status });
    if (await administered(ctx.services, userId, ctx.clock.nowMs())) throw new Forbidden();
    // Nobody gains by acting as another what nobody gave them.
    const missing = await beyondViewer(ctx, userId);
    if (missing.length > 0) throw new Forbidden('This person may do more here than you.', { missing });
    record(tx, ctx, { type: 'user_impersonated', userId, data: { reason } });
    return account;
  });
  startImpersonation(ctx, user, actorId);
  await notify(ctx, user.email, (say) => say.impersonated(reason), 'another');
  return user;
}
