import { write } from '@polity/kernel/domain/write';
import { isMerelyVouched } from '@polity/kernel/request/vouched';
import type { Context } from '../../context.ts';
import { record, recordAttempt } from '../audit/audit.service.ts';
import { Credential } from '../credential/credential.entity.ts';
import { InvalidCredentials } from '../credential/credential.errors.ts';
import { factorsOf, methodsOf, needsSecondFactor } from '../mfa/mfa.queries.ts';
import { challenge, type MfaRequired } from '../mfa/mfa-challenge.service.ts';
import { isTrusted } from '../mfa/trusted-device.service.ts';
import { TokenInvalid } from '../token/token.errors.ts';
import { consume } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { emailProblem, normalEmail } from '../user/user.names.ts';
import { type AuthMethod, startSession } from './session.service.ts';

/** Failures in a row after which no password is accepted until it is reset (NIST SP 800-63B 3.2.2). */
export const MAX_FAILED_ATTEMPTS = 100;
const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface SignedIn {
  __typename: 'SignedIn';
  user: User;
  /** By which this device is known from now on; only where it was asked to be trusted. */
  deviceToken?: string | null;
}

/** Name under which tries on this account are counted, whatever the factor. */
export const accountName = ({ email, id }: Pick<User, 'email' | 'id'>) => `pwd:${email ?? id}`;

/** Whether any factor of the account is accepted at all. */
export function isOpen(user: Pick<User, 'status' | 'failedAttempts'>): boolean {
  return user.status === 'ACTIVE' && user.failedAttempts < MAX_FAILED_ATTEMPTS;
}

/** What a password is checked against; all null for somebody who does not exist. */
interface Account {
  id: string | null;
  status: User['status'] | null;
  failedAttempts: number | null;
  credentialId: string | null;
  passwordHash: string | null;
}

// One row in any case, so that an unknown address costs the same work.
const accountWhere = (
  condition: string,
) => `select u.id, u.status, u.failed_attempts as "failedAttempts", c.id as "credentialId", c.password_hash as "passwordHash"
  from (select ?::text as asked) a left join user_account u on ${condition} left join credential c on c.user_id = u.id`;
const BY_EMAIL = accountWhere('u.email = a.asked');
const BY_ID = accountWhere('u.id = a.asked::uuid');

async function accountOf(ctx: Context, sql: string, asked: string): Promise<Account> {
  const [account] = await ctx.em.fork().execute<Account[]>(sql, [asked]);
  return account as Account;
}

/** Counts a failure of any factor against the account, and records it. */
export async function countFailure(ctx: Context, user: { id: string | null }, method: string): Promise<void> {
  await write(ctx, async (tx) => {
    const [row] = await tx.execute<{ failures: number }[]>(
      'update user_account set failed_attempts = failed_attempts + 1 where id = ? returning failed_attempts as failures',
      [user.id ?? NOBODY],
    );
    const locked = row?.failures === MAX_FAILED_ATTEMPTS;
    const type = locked ? 'authn_login_lock' : 'authn_login_fail';
    await recordAttempt(tx, ctx, { type, userId: user.id, data: { method } }, 'authn_login_fail');
  });
}

/** Checks a password at the account's cost: throttled, counted, the same work for every cause. Throws InvalidCredentials or RateLimited. */
async function checkPassword(ctx: Context, account: Account, password: string, name: string): Promise<User> {
  await ctx.throttle.take({ account: name, address: ctx.request.address });
  const { id, status, failedAttempts, passwordHash, credentialId } = account;
  const matches = await ctx.hasher.verify(passwordHash, password);
  const open = status !== null && isOpen({ status, failedAttempts: failedAttempts ?? 0 });
  if (!matches || !id || !open) {
    await countFailure(ctx, account, 'pwd');
    throw new InvalidCredentials();
  }
  if (credentialId && passwordHash && ctx.hasher.isOutdated(passwordHash)) {
    await rehash(ctx, { id: credentialId, passwordHash }, password);
  }
  return ctx.em.fork().findOneOrFail(User, id);
}

async function rehash(ctx: Context, known: Pick<Credential, 'id' | 'passwordHash'>, password: string): Promise<void> {
  const passwordHash = await ctx.hasher.hash(password);
  // Only what was checked is replaced: the password may have been changed meanwhile.
  await write(ctx, (tx) => tx.nativeUpdate(Credential, { ...known }, { passwordHash }));
}

/** How many tries the throttle has counted of a sign-in by these methods: the last one, since a password that another factor followed was given back. */
function triesOf(amr: readonly AuthMethod[]): number {
  return Number(amr.includes('pwd') || (amr.includes('mfa') && (amr.includes('email') || amr.includes('fed'))));
}

/** Ends a sign-in of which every factor was proved; only then are former failures forgotten. */
export async function completeSignIn(ctx: Context, user: User, amr: AuthMethod[]): Promise<SignedIn> {
  // What a tenant's provider says must not give anybody more tries at the password.
  const forgets = !isMerelyVouched({ amr });
  await write(ctx, async (tx) => {
    if (forgets) await tx.nativeUpdate(User, { id: user.id }, { failedAttempts: 0 });
    record(tx, ctx, { type: 'authn_login_success', userId: user.id, data: { amr } });
  });
  const tried = { account: accountName(user), address: ctx.request.address };
  if (forgets) await ctx.throttle.succeeded(tried, triesOf(amr));
  else if (amr.includes('otp')) await ctx.throttle.giveBack(tried);
  startSession(ctx, user, amr);
  return { __typename: 'SignedIn', user };
}

/** Goes on after the first factor: a challenge where a second one is needed, whichever way the person came in. */
export async function afterFirstFactor(
  ctx: Context,
  user: User,
  amr: AuthMethod[],
  deviceToken?: string | null,
): Promise<SignedIn | MfaRequired> {
  const factors = await factorsOf(ctx, user.id);
  if (!needsSecondFactor(factors)) return completeSignIn(ctx, user, amr);
  if (factors.totp && (await isTrusted(ctx, user.id, deviceToken))) return completeSignIn(ctx, user, [...amr, 'swk']);
  return challenge(ctx, user, amr, methodsOf(factors));
}

export interface SignInInput {
  email: string;
  password: string;
  deviceToken?: string | null | undefined;
}

/** Signs in with address and password. */
export async function signIn(ctx: Context, input: SignInInput): Promise<SignedIn | MfaRequired> {
  const given = normalEmail(input.email);
  // What is no address belongs to nobody, at the same cost.
  const email = emailProblem(given) ? 'nobody' : given;
  const user = await checkPassword(ctx, await accountOf(ctx, BY_EMAIL, email), input.password, `pwd:${email}`);
  const outcome = await afterFirstFactor(ctx, user, ['pwd'], input.deviceToken);
  // A right password is no failure, even where nobody goes on with the second factor.
  if (outcome.__typename === 'MfaRequired')
    await ctx.throttle.giveBack({ account: accountName(user), address: ctx.request.address });
  return outcome;
}

/** Signs in with the token of a mailed link: one factor, like a password. */
export async function signInWithMagicLink(ctx: Context, token: string): Promise<SignedIn | MfaRequired> {
  const user = await write(ctx, async (tx) => {
    const { userId } = await consume(tx, ctx, 'MAGIC_LINK', token);
    const found = await tx.findOne(User, { id: userId, status: 'ACTIVE' });
    if (!found) throw new TokenInvalid();
    return found;
  });
  return afterFirstFactor(ctx, user, ['email']);
}

/**
 * Proves the password of the person who asks, for acts that need it again; with `more` to prove, former failures are not forgotten yet.
 * Throws InvalidCredentials.
 */
export async function provePassword(ctx: Context, userId: string, password: string, more = false): Promise<User> {
  const { email } = await ctx.em.fork().findOneOrFail(User, userId);
  const name = accountName({ id: userId, email: email ?? null });
  const user = await checkPassword(ctx, await accountOf(ctx, BY_ID, userId), password, name);
  if (!more) await ctx.throttle.succeeded({ account: name, address: ctx.request.address }, 1);
  return user;
}
