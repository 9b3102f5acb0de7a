import { write } from '@polity/kernel/domain/write';
import type { Context } from '../../context.ts';
import type { AuthMethod } from '../session/session.service.ts';
import { TokenInvalid } from '../token/token.errors.ts';
import { consume, issue, LIFE_MS, peek } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import type { MfaMethod } from './mfa.queries.ts';

/** Answer to a right first factor where a second one is needed. */
export interface MfaRequired {
  __typename: 'MfaRequired';
  challenge: string;
  methods: MfaMethod[];
  expiresAt: Date;
}

/** Remembers which first factor was proved, for five minutes and one success. */
export async function challenge(
  ctx: Context,
  user: User,
  amr: AuthMethod[],
  methods: MfaMethod[],
): Promise<MfaRequired> {
  const secret = await write(ctx, async (tx) =>
    issue(tx, ctx, { purpose: 'MFA_CHALLENGE', userId: user.id, payload: { amr } }),
  );
  const expiresAt = new Date(ctx.clock.nowMs() + LIFE_MS.MFA_CHALLENGE);
  return { __typename: 'MfaRequired', challenge: secret, methods, expiresAt };
}

export interface Challenged {
  user: User;
  amr: AuthMethod[];
}

/** The person behind a challenge, which stays good. Throws TokenInvalid. */
export async function challenged(ctx: Context, secret: string): Promise<Challenged> {
  const { userId, payload } = await peek(ctx.em.fork(), ctx, 'MFA_CHALLENGE', secret);
  const user = await ctx.em.fork().findOne(User, { id: userId, status: 'ACTIVE' });
  if (!user) throw new TokenInvalid('sign-in');
  return { user, amr: (payload.amr ?? []) as AuthMethod[] };
}

/** Uses a challenge up; of any number of simultaneous tries one succeeds. Throws TokenInvalid for the others. */
export async function useChallenge(ctx: Context, secret: string): Promise<void> {
  await write(ctx, (tx) => consume(tx, ctx, 'MFA_CHALLENGE', secret));
}
