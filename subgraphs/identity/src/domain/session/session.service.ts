import { StepUpRequired } from '@polity/kernel/graph/errors';
import { STEP_UP_SECONDS } from '@polity/kernel/graph/rules';
import { actingMethod, actorOf } from '@polity/kernel/request/acting';
import { isMerelyVouched, type vouchedMethod } from '@polity/kernel/request/vouched';
import type { Context } from '../../context.ts';
import type { User } from '../user/user.entity.ts';

/** RFC 8176 names where it has one; `email` is ours for a link or code by mail, `fed` for a provider that the account or the operator rests on. */
export type AuthMethod =
  | ('pwd' | 'email' | 'fed' | 'otp' | 'hwk' | 'swk' | 'user' | 'mfa')
  | ReturnType<typeof actingMethod>
  | ReturnType<typeof vouchedMethod>;

/** What the gateway turns into a session; it never leaves the servers. */
export type SessionGrant =
  | { kind: 'start' | 'stepUp'; userId: string; amr: AuthMethod[]; acr: 'aal1' | 'aal2'; authTime: number }
  | { kind: 'endOthers' | 'endAll'; userId: string };

function grant(ctx: Pick<Context, 'reply'>, session: SessionGrant): void {
  ctx.reply.session = session;
}

/** Grants a session for a person who just proved who they are by these methods. */
export function startSession(ctx: Pick<Context, 'reply' | 'clock'>, user: User, amr: AuthMethod[]): void {
  const acr = amr.includes('mfa') ? 'aal2' : 'aal1';
  // A trusted device spares the second factor at the sign-in only: such a session is not fresh, so that what is sensitive asks for it.
  // Neither is one that a tenant's provider speaks for alone.
  const age = amr.includes('swk') || isMerelyVouched({ amr }) ? STEP_UP_SECONDS + 1 : 0;
  grant(ctx, { kind: 'start', userId: user.id, amr, acr, authTime: Math.floor(ctx.clock.nowMs() / 1000) - age });
}

/** Ends the sessions of this person: all, or all but the one that asks. */
export function endSessions(ctx: Pick<Context, 'reply'>, userId: string, which: 'endAll' | 'endOthers'): void {
  grant(ctx, { kind: which, userId });
}

/** Whether the person proved in this very request who they are; the viewer of the request is still who began it. */
export function provedToBe({ reply }: Pick<Context, 'reply'>, userId: string): boolean {
  const session = reply.session as SessionGrant | undefined;
  if (session?.kind !== 'start' && session?.kind !== 'stepUp') return false;
  return session.userId === userId && actorOf(session) === null && !isMerelyVouched(session);
}

/** Raises the session that asks: its person has just proved again who they are, by these methods. */
export function stepUp(ctx: Pick<Context, 'reply' | 'clock'>, user: Pick<User, 'id'>, amr: readonly string[]): void {
  const acr = amr.includes('mfa') ? 'aal2' : 'aal1';
  const authTime = Math.floor(ctx.clock.nowMs() / 1000);
  grant(ctx, { kind: 'stepUp', userId: user.id, amr: amr as AuthMethod[], acr, authTime });
}

/** Throws StepUpRequired unless the viewer proved who they are within the step-up window. */
export function assertFresh({ viewer, clock }: Pick<Context, 'viewer' | 'clock'>): void {
  if (clock.nowMs() / 1000 - (viewer.authTime ?? 0) > STEP_UP_SECONDS) throw new StepUpRequired(STEP_UP_SECONDS);
}

/** Grants a session as `user` to the administrator who asks; its authentication time lies at the beginning of time, so it is never fresh. */
export function startImpersonation(ctx: Pick<Context, 'reply'>, user: Pick<User, 'id'>, actorId: string): void {
  grant(ctx, { kind: 'start', userId: user.id, amr: [actingMethod(actorId)], acr: 'aal1', authTime: 0 });
}
