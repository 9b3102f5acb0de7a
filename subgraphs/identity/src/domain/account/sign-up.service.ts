import type { EntityManager } from '@mikro-orm/postgresql';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { publish } from '../../events.ts';
import { record, recordAttempt } from '../audit/audit.service.ts';
import { Credential } from '../credential/credential.entity.ts';
import { assertPassword } from '../credential/credential.service.ts';
import { checkInvitation, type Invited, useInvitation } from '../invitation/invitation.use.ts';
import { Membership } from '../membership/membership.entity.ts';
import { bindMember, tenantRoleOf } from '../membership/membership.service.ts';
import { addMember } from '../membership/membership.write.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { addressBlock } from '../throttle/throttle.ts';
import { TokenInvalid } from '../token/token.errors.ts';
import { consume, hashOf, issue, peek, revokeAll } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { anotherUsername, displayNameProblem, emailProblem, normalEmail, usernameProblem } from '../user/user.names.ts';

/** Sign-ups per hour from one address block. */
const SIGN_UPS_PER_HOUR = 300;
/** Mails per hour to one mailbox; past it the answer is the same and no mail is sent. */
export const MAILS_PER_HOUR = 10;

export interface SignUpInput {
  email: string;
  password: string;
  displayName?: string | null | undefined;
  username?: string | null | undefined;
  invitation?: string | null | undefined;
}

interface NewAccount {
  email: string;
  displayName: string | null;
  wish: string | null;
  homeTenantId: string | null;
}

function readInput(ctx: Context, input: SignUpInput, tenantName: string | null): Omit<NewAccount, 'homeTenantId'> {
  const email = normalEmail(input.email);
  const wish = input.username?.normalize('NFKC').trim().toLowerCase() || null;
  const displayName = input.displayName?.trim() || null;
  const problems: Record<string, string | null> = {
    email: emailProblem(email),
    username: wish ? usernameProblem(wish) : null,
    displayName: displayName ? displayNameProblem(displayName) : null,
  };
  const found = Object.entries(problems).filter((entry): entry is [string, string] => entry[1] !== null);
  if (found.length > 0) throw new InvalidInput(Object.fromEntries(found));
  assertPassword(ctx, 'password', input.password, [email, wish, displayName, tenantName]);
  return { email, wish, displayName };
}

async function insertPending(tx: EntityManager, ctx: Context, account: NewAccount): Promise<string | null> {
  const now = ctx.clock.now();
  for (let attempt = 0; attempt < 5; attempt++) {
    const username = attempt === 0 && account.wish ? account.wish : anotherUsername(account.wish);
    const [row] = await tx.execute<{ id: string }[]>(
      `insert into user_account (id, created_at, updated_at, username, display_name, email, status, home_tenant_id, failed_attempts)
       values (?, ?, ?, ?, ?, ?, 'PENDING', ?, 0) on conflict do nothing returning id`,
      [uuidv7(), now, now, username, account.displayName ?? username, account.email, account.homeTenantId],
    );
    if (row) return row.id;
    const [known] = await tx.execute<{ id: string }[]>('select id from user_account where email = ?', [account.email]);
    if (known) return null;
  }
  return null;
}

/**
 * Signs up: the account waits until the mailed link was used. An address that has an account gets another mail and the same answer. Each
 * link carries what its own sign-up said, so that nobody can choose password, name or home tenant of an account that another will activate.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<{ email: string }> {
  const tenant = ctx.request.tenantId ? await ctx.em.fork().findOne(Tenant, ctx.request.tenantId) : null;
  const given = readInput(ctx, input, tenant?.name ?? null);
  if (ctx.request.address) await ctx.throttle.limit('sign-up', addressBlock(ctx.request.address), SIGN_UPS_PER_HOUR);
  const invitationHash = input.invitation ? hashOf(input.invitation) : null;
  await assertSignUpAllowed(ctx, tenant, { hash: invitationHash, email: given.email });
  const passwordHash = await ctx.hasher.hash(input.password);
  const mayMail = await ctx.throttle.within('mail', given.email, MAILS_PER_HOUR);
  const mail = await ctx.em.fork().transactional(async (tx) => {
    const createdId = await insertPending(tx, ctx, { ...given, homeTenantId: tenant?.id ?? null });
    const user = await tx.findOne(User, { email: given.email });
    const pending = user?.status === 'PENDING' ? user : null;
    const payload = {
      passwordHash,
      ...(tenant && { tenantId: tenant.id }),
      ...(given.displayName && { displayName: given.displayName }),
      ...(invitationHash && { invitationHash }),
    };
    const token = issue(tx, ctx, { purpose: 'ACTIVATION', userId: pending?.id ?? null, payload });
    const type = createdId ? 'user_created' : 'authn_token_created';
    const entry = { type, userId: user?.id ?? null, data: { purpose: 'ACTIVATION' } } as const;
    await recordAttempt(tx, ctx, entry, 'authn_token_created');
    if (createdId) await publish(tx, ctx, 'identity.user.created', { userId: createdId });
    return pending ? ctx.mails.activation(given.email, token) : ctx.mails.signUpOfKnown(given.email);
  });
  if (mayMail) ctx.mailer.send(mail);
  return { email: given.email };
}

async function assertSignUpAllowed(
  ctx: Context,
  tenant: Tenant | null,
  guest: { hash: string | null; email: string },
): Promise<void> {
  if (!tenant) return;
  const { id: tenantId, signUpPolicy } = tenant;
  if (signUpPolicy === 'CLOSED' || (signUpPolicy !== 'OPEN' && !guest.hash)) {
    throw new Forbidden('Nobody can sign up here without an invitation.', { signUpPolicy });
  }
  if (guest.hash) await checkInvitation(ctx, { tenantId, hash: guest.hash, email: guest.email });
}

/** Makes the new account a member of the tenant in which it signed up; an invitation is used up by it. */
async function enter(
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

/** Activates the account whose link was mailed; it becomes a member of the tenant in which it signed up. */
export async function activateAccount(ctx: Context, token: string): Promise<User> {
  const { userId, payload: said } = await peek(ctx.em.fork(), ctx, 'ACTIVATION', token);
  const homeTenantId = said.tenantId ?? null;
  if (homeTenantId && said.invitationHash) {
    const { email } = await ctx.em.fork().findOneOrFail(User, userId);
    await checkInvitation(ctx, { tenantId: homeTenantId, hash: said.invitationHash, email: email ?? null });
  }
  const { user, invited } = await ctx
    .emOf(homeTenantId)
    .fork()
    .transactional(async (tx) => {
      const { payload } = await consume(tx, ctx, 'ACTIVATION', token);
      const account = await tx.findOneOrFail(User, userId);
      if (account.status !== 'PENDING' || !payload.passwordHash) throw new TokenInvalid();
      const now = ctx.clock.now();
      account.activate(now, { homeTenantId, displayName: payload.displayName ?? account.displayName });
      tx.create(Credential, {
        id: uuidv7(),
        createdAt: now,
        userId,
        passwordHash: payload.passwordHash,
        changedAt: now,
      });
      await revokeAll(tx, ctx, userId, ['ACTIVATION']);
      record(tx, ctx, { type: 'user_activated', userId, tenantId: homeTenantId });
      await publish(tx, ctx, 'identity.user.activated', { userId });
      const place = { tenantId: homeTenantId ?? '', hash: payload.invitationHash ?? null };
      return { user: account, invited: homeTenantId ? await enter(tx, ctx, account, place) : null };
    });
  if (homeTenantId) await bindIfMember(ctx, { tenantId: homeTenantId, userId }, invited);
  return user;
}

async function bindIfMember(
  ctx: Context,
  place: { tenantId: string; userId: string },
  invited: Invited | null,
): Promise<void> {
  const member = await ctx.emOf(place.tenantId).fork().count(Membership, place);
  if (member > 0) await bindMember(ctx, place, tenantRoleOf(invited), invited);
}
