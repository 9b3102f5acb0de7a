import { randomBytes } from 'node:crypto';
import { write } from '@polity/kernel/domain/write';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { type ChallengePurpose, PasskeyChallenge } from './passkey.entity.ts';
import { PasskeyInvalid } from './passkey.errors.ts';

/** Five minutes: how long a person may take to answer. */
export const CHALLENGE_MS = 5 * 60_000;
const CHALLENGE_BYTES = 32;

/** For whom a challenge is good. */
export interface ChallengeHolder {
  purpose: ChallengePurpose;
  userId: string | null;
  sessionId: string | null;
}

// A few at a time with every new one, so that what nobody answered does not pile up.
const SWEEP =
  'delete from passkey_challenge where id in (select id from passkey_challenge where expires_at < ? limit 20 for update skip locked)';
const CONSUME = `update passkey_challenge set consumed_at = ? where challenge = ? and purpose = ? and consumed_at is null and expires_at > ?
  and user_id is not distinct from ?::uuid and session_id is not distinct from ? returning id`;

/** Makes a challenge, base64url, that its holder can answer once within five minutes. */
export async function issueChallenge(ctx: Context, holder: ChallengeHolder): Promise<string> {
  const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
  const now = ctx.clock.now();
  await write(ctx, async (tx) => {
    await tx.execute(SWEEP, [now]);
    const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
    tx.create(PasskeyChallenge, { id: uuidv7(), createdAt: now, challenge, ...holder, expiresAt, consumedAt: null });
  });
  return challenge;
}

/**
 * Uses a challenge up, in a transaction of its own so that a wrong answer uses it up too: of any number of simultaneous answers
 * one is looked at. Throws PasskeyInvalid for a challenge that is unknown, used, too old or somebody else's.
 */
export async function consumeChallenge(ctx: Context, challenge: string, holder: ChallengeHolder): Promise<void> {
  const now = ctx.clock.now();
  const { purpose, userId, sessionId } = holder;
  const rows = await write(ctx, (tx) =>
    tx.execute<{ id: string }[]>(CONSUME, [now, challenge, purpose, now, userId, sessionId]),
  );
  if (rows.length !== 1) throw new PasskeyInvalid();
}
