import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { Token, type TokenPayload, type TokenPurpose } from './token.entity.ts';
import { TokenInvalid } from './token.errors.ts';

const MINUTE_MS = 60_000;
/** How long each kind of token is good, in milliseconds. */
export const LIFE_MS: Record<TokenPurpose, number> = {
  ACTIVATION: 24 * 60 * MINUTE_MS,
  PASSWORD_RESET: 30 * MINUTE_MS,
  MAGIC_LINK: 10 * MINUTE_MS,
  EMAIL_CHANGE: 24 * 60 * MINUTE_MS,
  MFA_CHALLENGE: 5 * MINUTE_MS,
};
// A prefix of its own, so that secret scanners know a leaked one.
const PREFIX: Record<TokenPurpose, string> = {
  ACTIVATION: 'polity_ac_',
  PASSWORD_RESET: 'polity_pr_',
  MAGIC_LINK: 'polity_ml_',
  EMAIL_CHANGE: 'polity_em_',
  MFA_CHALLENGE: 'polity_mf_',
};

export interface NewToken {
  purpose: TokenPurpose;
  /** Null writes a token that opens nothing, so that unknown addresses cost the same work. */
  userId: string | null;
  payload?: TokenPayload;
}

/** What is stored of a secret of 256 random bits; no slower hash is needed for those (ASVS 6.5.2). */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Makes a one-time token in this transaction and returns its secret, which is stored nowhere. */
export function issue(tx: EntityManager, { clock }: Pick<Context, 'clock'>, token: NewToken): string {
  const secret = `${PREFIX[token.purpose]}${randomBytes(32).toString('base64url')}`;
  tx.create(Token, {
    id: uuidv7(),
    createdAt: clock.now(),
    purpose: token.purpose,
    hash: hashOf(secret),
    userId: token.userId,
    payload: token.payload ?? {},
    expiresAt: new Date(clock.nowMs() + LIFE_MS[token.purpose]),
    consumedAt: null,
  });
  return secret;
}

const invalid = (purpose: TokenPurpose) => new TokenInvalid(purpose === 'MFA_CHALLENGE' ? 'sign-in' : 'link');

export interface LiveToken {
  id: string;
  userId: string;
  payload: TokenPayload;
}

const COLUMNS = 'id, user_id as "userId", payload';
const LIVE = 'hash = ? and purpose = ? and consumed_at is null and expires_at > ? and user_id is not null';

/** The token as it stands, without using it up. Throws TokenInvalid for any that would not be accepted. */
export async function peek(
  em: EntityManager,
  ctx: Pick<Context, 'clock'>,
  purpose: TokenPurpose,
  secret: string,
): Promise<LiveToken> {
  const [row] = await em.execute<LiveToken[]>(`select ${COLUMNS} from token where ${LIVE}`, [
    hashOf(secret),
    purpose,
    ctx.clock.now(),
  ]);
  if (!row) throw invalid(purpose);
  return row;
}

/** Uses a token up: of any number of simultaneous tries exactly one succeeds. Throws TokenInvalid for the others. */
export async function consume(
  tx: EntityManager,
  ctx: Pick<Context, 'clock'>,
  purpose: TokenPurpose,
  secret: string,
): Promise<LiveToken> {
  const now = ctx.clock.now();
  const [row] = await tx.execute<LiveToken[]>(`update token set consumed_at = ? where ${LIVE} returning ${COLUMNS}`, [
    now,
    hashOf(secret),
    purpose,
    now,
  ]);
  if (!row) throw invalid(purpose);
  return row;
}

/** Ends every open token of these purposes, for instance after the password changed. */
export async function revokeAll(
  tx: EntityManager,
  ctx: Pick<Context, 'clock'>,
  userId: string,
  purposes: TokenPurpose[],
): Promise<void> {
  await tx.nativeUpdate(
    Token,
    { userId, purpose: { $in: purposes }, consumedAt: null },
    { consumedAt: ctx.clock.now() },
  );
}
