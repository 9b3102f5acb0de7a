import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { addressBlock } from '@polity/kernel/request/address-block';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { readerOf } from '../../mails/reader.ts';
import { LINKS_PER_HOUR } from '../account/mail-link.service.ts';
import { MAILS_PER_HOUR } from '../account/sign-up.service.ts';
import { recordAttempt } from '../audit/audit.service.ts';
import { InvalidCode } from '../credential/credential.errors.ts';
import type { MfaRequired } from '../mfa/mfa-challenge.service.ts';
import { afterFirstFactor, countFailure, isOpen, type SignedIn } from '../session/sign-in.service.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { hashOf } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { email as readEmail } from '../user/user.input.ts';
import { EmailCode } from './email-code.entity.ts';

const LIFE_MS = 10 * 60_000;
const DIGITS = 6;
/** Wrong codes after which the right one is not taken any more either. */
const MAX_TRIES = 5;

interface EmailCodeSent {
  challenge: string;
  expiresAt: Date;
}

const codeHash = (challenge: string, code: string) => hashOf(`${challenge}.${code}`);

/** Throws Forbidden where the tenant does not let people in by mailed codes. */
async function assertAllowed({ em, request: { tenantId } }: Context): Promise<void> {
  const tenant = tenantId ? await em.fork().findOne(Tenant, tenantId) : null;
  if (!tenant?.emailCodes) throw new Forbidden('Nobody signs in here with a code by mail.');
}

/** Mails a code if the address has an active account; the answer and the work are the same if not. */
export async function requestCode(ctx: Context, givenEmail: string): Promise<EmailCodeSent> {
  const { email } = checked(z.object({ email: readEmail }), { email: givenEmail });
  await assertAllowed(ctx);
  if (ctx.request.address) await ctx.throttle.limit('link', addressBlock(ctx.request.address), LINKS_PER_HOUR);
  const mayMail = await ctx.throttle.within('mail', email, MAILS_PER_HOUR);
  const challenge = `polity_ec_${randomBytes(32).toString('base64url')}`;
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  const expiresAt = new Date(ctx.clock.nowMs() + LIFE_MS);
  const mail = ctx.mails.emailCode(await readerOf(ctx, email), code);
  const user = await write(ctx, async (tx) => {
    const found = await tx.findOne(User, { email });
    const userId = found?.status === 'ACTIVE' ? found.id : null;
    tx.create(EmailCode, {
      ...{
        id: uuidv7(),
        createdAt: ctx.clock.now(),
        challengeHash: hashOf(challenge),
        codeHash: codeHash(challenge, code),
      },
      ...{ counted: hashOf(`email-code ${email}`), userId, tries: 0, expiresAt, consumedAt: null },
    });
    await recordAttempt(tx, ctx, { type: 'authn_token_created', userId, data: { purpose: 'EMAIL_CODE' } });
    return userId;
  });
  if (mayMail && user) ctx.mailer.send(mail);
  return { challenge, expiresAt };
}

interface Tried {
  id: string;
  userId: string | null;
  codeHash: string;
}

const LIVE = 'challenge_hash = ? and consumed_at is null and expires_at > ?';
const COUNTED = `select counted from email_code where ${LIVE}`;
// Counted before it is looked at, so that no number of tries at once is more than that number.
const TRY = `update email_code set tries = tries + 1 where ${LIVE} and tries < ${MAX_TRIES} returning id, user_id as "userId", code_hash as "codeHash"`;
const USE = 'update email_code set consumed_at = ? where id = ? and consumed_at is null returning id';

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The person whose code it is; the code is used up. Null for a wrong one, and where somebody used it at the same moment. */
async function use(
  ctx: Context,
  challenge: string,
  code: string,
): Promise<{ user: User | null; userId: string | null }> {
  const asked = [hashOf(challenge), ctx.clock.now()];
  return write(ctx, async (tx) => {
    const [tried] = await tx.execute<Tried[]>(TRY, asked);
    const userId = tried?.userId ?? null;
    if (!tried || !isSame(tried.codeHash, codeHash(challenge, code))) return { user: null, userId };
    const used = await tx.execute<{ id: string }[]>(USE, [ctx.clock.now(), tried.id]);
    if (used.length === 0 || !userId) return { user: null, userId };
    return { user: await tx.findOne(User, { id: userId, status: 'ACTIVE' }), userId };
  });
}

/** Signs in with a mailed code: one factor, like a mailed link. Throws InvalidCode for every cause alike, RateLimited. */
export async function signInWithCode(
  ctx: Context,
  { challenge, code: given, deviceToken }: { challenge: string; code: string; deviceToken?: string | null | undefined },
): Promise<SignedIn | MfaRequired> {
  await assertAllowed(ctx);
  const code = given.slice(0, 40).replaceAll(/\s/g, '');
  const [row] = await ctx.em.fork().execute<{ counted: string }[]>(COUNTED, [hashOf(challenge), ctx.clock.now()]);
  // Tries at one address count together, however many codes were mailed there.
  const tried = { account: row?.counted ?? 'email-code', address: ctx.request.address };
  if (row) await ctx.throttle.take(tried);
  const { user, userId } = await use(ctx, challenge, code);
  if (!user || !isOpen(user)) {
    if (row) await countFailure(ctx, { id: userId }, 'email-code');
    throw new InvalidCode();
  }
  await ctx.throttle.succeeded(tried, 1);
  return afterFirstFactor(ctx, user, ['email'], deviceToken);
}
