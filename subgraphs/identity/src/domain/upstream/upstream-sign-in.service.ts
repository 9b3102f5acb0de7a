import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { Conflict } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { addressBlock } from '@polity/kernel/request/address-block';
import { vouchedMethod } from '@polity/kernel/request/vouched';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { mailAddressLink } from '../account/account.service.ts';
import { bindIfMember, enter, withUsername } from '../account/activation.service.ts';
import { SIGN_UPS_PER_HOUR } from '../account/sign-up.service.ts';
import { record } from '../audit/audit.service.ts';
import { useErrors } from '../invitation/invitation.errors.ts';
import { checkInvitation, type Invited } from '../invitation/invitation.use.ts';
import type { MfaRequired } from '../mfa/mfa-challenge.service.ts';
import type { AuthMethod } from '../session/session.service.ts';
import { afterFirstFactor, type SignedIn } from '../session/sign-in.service.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { hashOf } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { usernameErrors } from '../user/user.errors.ts';
import {
  anotherUsername,
  displayNameProblem,
  emailProblem,
  normalEmail,
  normalUsername,
  usernameProblem,
} from '../user/user.names.ts';
import { begin, type Ended, end, type UpstreamAnswer, type UpstreamRedirect } from './attempt.service.ts';
import type { Provider } from './presets.ts';
import type { Person } from './protocol.ts';
import { UpstreamLink } from './upstream.entity.ts';
import { linkErrors, UpstreamRefused, UpstreamUnknown } from './upstream.errors.ts';
import { waysInto } from './ways-in.ts';

interface BeginInput {
  provider: string;
  tenantHost?: boolean | null | undefined;
  invitation?: string | null | undefined;
}

/** Begins a sign-in at a provider. */
export async function beginSignIn(ctx: Context, { invitation, ...input }: BeginInput): Promise<UpstreamRedirect> {
  return begin(ctx, { ...input, invitationHash: invitation ? hashOf(invitation) : null });
}

/** By which the person knows the account elsewhere. */
export const labelOf = ({ email, username, name }: Person) => (email ?? username ?? name)?.slice(0, 100) ?? null;

/** Who somebody new wants to be called; what does not fit is replaced, since the provider was not told our rules. */
function namesOf({ username, name }: Person) {
  const wish = normalUsername(username ?? '');
  return {
    username: usernameProblem(wish) === null ? wish : null,
    displayName: name !== null && displayNameProblem(name) === null ? name.trim() : null,
  };
}

interface Entered {
  user: User;
  invited: Invited | null;
}

/** Makes an account that has no address: what a provider says of one is believed once its mailbox says so too. */
async function found(
  tx: EntityManager,
  ctx: Context,
  { provider, person, invitationHash }: Ended,
  wish: string | null,
): Promise<Entered> {
  const [id, now, tenantId] = [uuidv7(), ctx.clock.now(), ctx.request.tenantId as string];
  const username = wish ?? anotherUsername(null);
  const user = tx.create(User, {
    ...{ id, createdAt: now, updatedAt: now, username, displayName: namesOf(person).displayName ?? username },
    ...{
      email: null,
      emailVerifiedAt: null,
      status: 'ACTIVE',
      homeTenantId: tenantId,
      failedAttempts: 0,
      suspendedReason: null,
      language: ctx.request.language ?? null,
    },
  });
  await tx.flush();
  tx.create(UpstreamLink, {
    ...{ id: uuidv7(), createdAt: now, userId: id, provider: provider.key, tenantId: provider.tenantId },
    ...{
      subject: person.subject,
      providerName: provider.name,
      label: labelOf(person),
      founding: true,
      lastUsedAt: null,
    },
  });
  await tx.flush();
  record(tx, ctx, { type: 'user_created', userId: id, data: { provider: provider.key } });
  await recordEvent(tx, ctx, 'identity.user.created', { subject: id, data: { userId: id } });
  await recordEvent(tx, ctx, 'identity.user.activated', { subject: id, data: { userId: id } });
  return { user, invited: await enter(tx, ctx, user, { tenantId, hash: invitationHash }) };
}

async function assertMayEnter(ctx: Context, invitationHash: string | null): Promise<void> {
  const { tenantId, address } = ctx.request;
  const { signUpPolicy } = await ctx.em.fork().findOneOrFail(Tenant, tenantId as string);
  if (signUpPolicy === 'CLOSED' || (signUpPolicy !== 'OPEN' && !invitationHash)) throw new UpstreamUnknown();
  if (address) await ctx.throttle.limit('sign-up', addressBlock(address), SIGN_UPS_PER_HOUR);
  // An invitation to an address is for whoever proves the address, which a provider does not.
  if (invitationHash) await checkInvitation(ctx, { tenantId: tenantId as string, hash: invitationHash, email: null });
}

/** Signs up under the tenant's policy. Throws UpstreamUnknown, InvitationInvalid; Conflict where somebody did so at the same moment. */
async function signUp(ctx: Context, ended: Ended): Promise<void> {
  await assertMayEnter(ctx, ended.invitationHash);
  const errors = { ...usernameErrors, ...useErrors, ...linkErrors };
  const { user, invited } = await withUsername(namesOf(ended.person).username, (name) =>
    write(ctx, (tx) => found(tx, ctx, ended, name), errors),
  );
  await bindIfMember(ctx, { tenantId: ctx.request.tenantId as string, userId: user.id }, invited);
  const email = normalEmail(ended.person.email ?? '');
  if (emailProblem(email) === null) await mailAddressLink(ctx, user.id, email);
}

const linkOf = ({ em }: Context, { key: provider }: Provider, { subject }: Person) =>
  em.fork().findOne(UpstreamLink, { provider, subject });

/** The account of somebody new, or of whoever of theirs came first. */
async function linkOfNew(ctx: Context, ended: Ended): Promise<UpstreamLink | null> {
  try {
    await signUp(ctx, ended);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  return linkOf(ctx, ended.provider, ended.person);
}

/**
 * How the session says that it began. A tenant's provider is believed in the tenant only, and about the account itself only as long as the account
 * was made by it and has no other way in: then nobody else could say who it is (decision 25).
 */
async function methodsOf(
  ctx: Context,
  { tenantId }: Provider,
  { founding, userId }: UpstreamLink,
): Promise<AuthMethod[]> {
  if (tenantId === null) return ['fed'];
  const { password, passkeys, mail, links } = await waysInto(ctx.em.fork(), userId);
  const restsOnIt = founding && !password && passkeys === 0 && !mail && links === 1;
  return restsOnIt ? ['fed', vouchedMethod(tenantId)] : [vouchedMethod(tenantId)];
}

/** Ends a sign-in at a provider: with a session, a challenge for the person's second factor, or a new account. */
export async function finishSignIn(
  ctx: Context,
  { deviceToken, ...answer }: UpstreamAnswer & { deviceToken?: string | null | undefined },
): Promise<SignedIn | MfaRequired> {
  const ended = await end(ctx, answer);
  const { provider, person } = ended;
  const link = (await linkOf(ctx, provider, person)) ?? (await linkOfNew(ctx, ended));
  const user = link && (await ctx.em.fork().findOne(User, { id: link.userId, status: 'ACTIVE' }));
  if (!user) throw new UpstreamRefused();
  const seen = { lastUsedAt: ctx.clock.now(), label: labelOf(person), providerName: provider.name };
  await write(ctx, (tx) => tx.nativeUpdate(UpstreamLink, { id: link.id }, seen));
  return afterFirstFactor(ctx, user, await methodsOf(ctx, provider, link), deviceToken);
}
