import type { Context } from '../../context.ts';
import { record } from '../audit/audit.service.ts';
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

interface Account {
  user: User | null;
  credential: Credential | null;
}

async function accountOf(ctx: Context, email: string): Promise<Account> {
  return ctx.em.fork().transactional(async (tx) => {
    const user = await tx.findOne(User, { email });
    // Asked also for nobody, so that an unknown address costs the same statements.
    const credential = await tx.findOne(Credential, { userId: user?.id ?? NOBODY });
    return { user, credential };
  });
}

/** Counts a failure of any factor against the account, and records it. */
export async function countFailure(ctx: Context, user: User | null, method: string): Promise<void> {
  await ctx.em.fork().transactional(async (tx) => {
    const [row] = await tx.execute<{ failures: number }[]>(
      'update user_account set failed_attempts = failed_attempts + 1 where id = ? returning failed_attempts as failures',
      [user?.id ?? NOBODY],
    );
    const locked = row?.failures === MAX_FAILED_ATTEMPTS;
    record(tx, ctx, {
      type: locked ? 'authn_login_lock' : 'authn_login_fail',
      userId: user?.id ?? null,
      data: { method },
    });
  });
}

/** Checks a password at the account's cost: throttled, counted, the same work for every cause. Throws InvalidCredentials or RateLimited. */
export async function checkPassword(ctx: Context, account: Account, password: string, name: string): Promise<User> {
  const tried = { account: name, address: ctx.request.address };
  await ctx.throttle.take(tried);
  const { user, credential } = account;
  const matches = await ctx.hasher.verify(credential?.passwordHash, password);
  if (!matches || !user || !credential || !isOpen(user)) {
    await countFailure(ctx, user, 'pwd');
    throw new InvalidCredentials();
  }
  if (ctx.hasher.isOutdated(credential.passwordHash)) await rehash(ctx, credential, password);
  return user;
}

async function rehash(ctx: Context, credential: Credential, password: string): Promise<void> {
  const passwordHash = await ctx.hasher.hash(password);
  const { id, passwordHash: old } = credential;
  await ctx.em.fork().transactional((tx) => tx.nativeUpdate(Credential, { id, passwordHash: old }, { passwordHash }));
}

/** Ends a sign-in of which every factor was proved; only then are former failures forgotten. */
export async function completeSignIn(ctx: Context, user: User, amr: AuthMethod[]): Promise<SignedIn> {
  await ctx.em.fork().transactional(async (tx) => {
    await tx.nativeUpdate(User, { id: user.id }, { failedAttempts: 0 });
    record(tx, ctx, { type: 'authn_login_success', userId: user.id, data: { amr } });
  });
  await ctx.throttle.succeeded({ account: accountName(user), address: ctx.request.address });
  startSession(ctx, user, amr);
  return { __typename: 'SignedIn', user };
}

/** Goes on after the first factor: a challenge where a second one is needed, whichever way the person came in. */
async function afterFirstFactor(
  ctx: Context,
  user: User,
  amr: AuthMethod[],
  deviceToken?: string | null,
): Promise<SignedIn | MfaRequired> {
  const factors = await factorsOf(ctx, user.id);
  if (!needsSecondFactor(factors)) return completeSignIn(ctx, user, amr);
  if (factors.totp && (await isTrusted(ctx, user.id, deviceToken))) return completeSignIn(ctx, user, amr);
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
  const user = await checkPassword(ctx, await accountOf(ctx, email), input.password, `pwd:${email}`);
  return afterFirstFactor(ctx, user, ['pwd'], input.deviceToken);
}

/** Signs in with the token of a mailed link: one factor, like a password. */
export async function signInWithMagicLink(ctx: Context, token: string): Promise<SignedIn | MfaRequired> {
  const user = await ctx.em.transactional(async (tx) => {
    const { userId } = await consume(tx, ctx, 'MAGIC_LINK', token);
    const found = await tx.findOne(User, { id: userId, status: 'ACTIVE' });
    if (!found) throw new TokenInvalid();
    return found;
  });
  return afterFirstFactor(ctx, user, ['email']);
}

/** Proves the password of the person who asks, for acts that need it again. Throws InvalidCredentials. */
export async function provePassword(ctx: Context, userId: string, password: string): Promise<User> {
  const [user, credential] = await ctx.em
    .fork()
    .transactional(
      async (tx) => [await tx.findOne(User, { id: userId }), await tx.findOne(Credential, { userId })] as const,
    );
  const account = accountName(user ?? { id: userId, email: null });
  const proved = await checkPassword(ctx, { user, credential }, password, account);
  await ctx.throttle.succeeded({ account, address: ctx.request.address });
  return proved;
}
