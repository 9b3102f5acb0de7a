import type { Context } from '../../context.ts';
import type { User } from '../user/user.entity.ts';

/** RFC 8176 names where it has one; `email` is ours for a link by mail. */
export type AuthMethod = 'pwd' | 'email' | 'otp' | 'hwk' | 'user' | 'mfa';

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
  grant(ctx, { kind: 'start', userId: user.id, amr, acr, authTime: Math.floor(ctx.clock.nowMs() / 1000) });
}

/** Ends the sessions of this person: all, or all but the one that asks. */
export function endSessions(ctx: Pick<Context, 'reply'>, userId: string, which: 'endAll' | 'endOthers'): void {
  grant(ctx, { kind: which, userId });
}

/** Whether the person proved in this very request who they are; the viewer of the request is still who began it. */
export function provedToBe({ reply }: Pick<Context, 'reply'>, userId: string): boolean {
  const session = reply.session as SessionGrant | undefined;
  return (session?.kind === 'start' || session?.kind === 'stepUp') && session.userId === userId;
}
