import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { change, checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { columnsWithin, erasePerson } from '@polity/kernel/duties/people';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { actorOf } from '@polity/kernel/request/acting';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { people } from '../../duties.ts';
import { recordEvent } from '../../events.ts';
import { type InterfaceLanguage, interfaceLanguages } from '../../interface-language.ts';
import { notify } from '../../mails/notify.ts';
import { readerOf } from '../../mails/reader.ts';
import {
  administersForGood,
  mirrorMembership,
  ownsTenant,
  setMasterFlag,
  unbindTenantRoles,
} from '../access-mirror.ts';
import { record } from '../audit/audit.service.ts';
import { Credential } from '../credential/credential.entity.ts';
import { Membership } from '../membership/membership.entity.ts';
import { endMember } from '../membership/membership.write.ts';
import { assertFresh, endSessions } from '../session/session.service.ts';
import { provePassword } from '../session/sign-in.service.ts';
import { TokenInvalid } from '../token/token.errors.ts';
import { consume, issue, revokeAll } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { emailErrors, usernameErrors } from '../user/user.errors.ts';
import { displayName, email as readEmail, username } from '../user/user.input.ts';
import { viewerIdOf } from '../viewer-rights.ts';
import { MAILS_PER_HOUR } from './sign-up.service.ts';

export interface AccountInput {
  displayName?: string | null | undefined;
  username?: string | null | undefined;
  language?: InterfaceLanguage | null | undefined;
}

const accountChanges = z.object({
  displayName: change(displayName),
  username: change(username),
  language: z.enum(interfaceLanguages).nullish(),
});

/** Changes names and language of the viewer's account; names that are left out or null stay, and so does a language that is left out. */
export async function updateAccount(ctx: Context, input: AccountInput): Promise<User> {
  const userId = viewerIdOf(ctx);
  const changes = checked(accountChanges, input);
  const rename = async (tx: EntityManager) => {
    const user = await tx.findOneOrFail(User, userId);
    Object.assign(user, changes, { updatedAt: ctx.clock.now() });
    record(tx, ctx, { type: 'user_updated', userId });
    await recordEvent(tx, ctx, 'identity.user.updated', { subject: userId, data: { userId } });
    return user;
  };
  return write(ctx, rename, usernameErrors);
}

/** Mails a link to the new address; nothing changes until it was used. An address of another account gets the same answer. */
export async function changeEmail(ctx: Context, given: string): Promise<boolean> {
  const userId = viewerIdOf(ctx);
  const { newEmail: email } = checked(z.object({ newEmail: readEmail }), { newEmail: given });
  await mailAddressLink(ctx, userId, email);
  return true;
}

/** Mails the link that moves an account to an address, or tells whoever has it that it is taken. */
export async function mailAddressLink(ctx: Context, userId: string, email: string): Promise<void> {
  const mayMail = await ctx.throttle.within('mail', email, MAILS_PER_HOUR);
  const reader = await readerOf(ctx, email);
  const mail = await write(ctx, async (tx) => {
    const holder = await tx.findOne(User, { email });
    const token = issue(tx, ctx, { purpose: 'EMAIL_CHANGE', userId: holder ? null : userId, payload: { email } });
    record(tx, ctx, { type: 'authn_token_created', userId, data: { purpose: 'EMAIL_CHANGE' } });
    return holder ? ctx.mails.signUpOfKnown(reader) : ctx.mails.confirmEmail(reader, token);
  });
  if (mayMail) ctx.mailer.send(mail);
}

/** Moves the account to the address whose link was mailed, and tells the old one. */
export async function confirmEmail(ctx: Context, token: string): Promise<User> {
  const move = async (tx: EntityManager) => {
    const { userId, payload } = await consume(tx, ctx, 'EMAIL_CHANGE', token);
    const user = await tx.findOneOrFail(User, userId);
    if (user.status !== 'ACTIVE' || !payload.email) throw new TokenInvalid();
    const before = user.email;
    user.confirmEmail(payload.email, ctx.clock.now());
    await revokeAll(tx, ctx, userId, ['EMAIL_CHANGE', 'PASSWORD_RESET', 'MAGIC_LINK']);
    record(tx, ctx, { type: 'user_email_changed', userId });
    await recordEvent(tx, ctx, 'identity.user.updated', { subject: userId, data: { userId } });
    return { user, before };
  };
  const { user, before } = await write(ctx, move, emailErrors);
  await notify(ctx, before, (say) => say.emailChanged());
  return user;
}

/** All or nothing: only owners can be kept from going, so theirs come first, and where one must stay the others are owners again. */
async function giveUpRoles(ctx: Context, userId: string, places: readonly Membership[]): Promise<void> {
  const owns = await Promise.all(places.map(({ tenantId }) => ownsTenant(ctx.inTenant(tenantId).services, userId)));
  const given: Membership[] = [];
  try {
    for (const place of places.filter((_, index) => owns[index])) {
      await unbindTenantRoles(ctx, place);
      given.push(place);
    }
  } catch (error) {
    for (const place of given) await mirrorMembership(ctx, place, 'tenant.owner');
    throw error;
  }
  for (const place of places.filter((_, index) => !owns[index])) await unbindTenantRoles(ctx, place);
}

/** Roles and the flag of an administrator, who is not among those who stay once there is no account; nothing is given up where one of them must stay. */
async function giveUpAll(ctx: Context, userId: string, memberships: readonly Membership[]): Promise<void> {
  // Flags are of the platform: every tenant sees the same, and an id that is none does too.
  const services = ctx.inTenant(memberships[0]?.tenantId ?? userId).services;
  const administers = await administersForGood(services, userId);
  const flag = (value: boolean) => setMasterFlag(services, userId, 'SYSTEM_ADMIN', value, 'account deleted');
  if (administers) await flag(false);
  try {
    await giveUpRoles(ctx, userId, memberships);
  } catch (error) {
    if (administers) await flag(true);
    throw error;
  }
}

/** Proves that it is the person who asks: by the password, or for an account that has none by a fresh session. */
async function provePerson(ctx: Context, password: string | null | undefined): Promise<User> {
  const userId = viewerIdOf(ctx);
  // Whoever acts as the person, or holds a token of theirs, is not the person.
  if (actorOf(ctx.viewer) !== null || ctx.viewer.scopes !== null) throw new Forbidden();
  if ((await ctx.em.fork().count(Credential, { userId })) > 0) {
    if (password == null) throw new InvalidInput({ password: 'is needed, because this account has one' });
    return provePassword(ctx, userId, password);
  }
  assertFresh(ctx);
  return ctx.em.fork().findOneOrFail(User, userId);
}

/**
 * Erases the viewer's account in every tenant. Throws InvalidCredentials for a wrong password, StepUpRequired for a session that is not fresh
 * where there is no password, LAST_OWNER for the only owner of a tenant, LAST_ADMINISTRATOR for the last of the installation.
 */
export async function deleteAccount(ctx: Context, password?: string | null): Promise<boolean> {
  const { id: userId, email } = await provePerson(ctx, password);
  await write(ctx, async (tx) => {
    const memberships = await tx.find(Membership, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    await giveUpAll(ctx, userId, memberships);
    const user = await tx.findOneOrFail(User, userId);
    for (const membership of memberships) await endMember(tx, ctx, membership, 'account deleted');
    // What belongs to the installation goes with the account; what belongs to tenants, when their data is erased.
    await erasePerson(tx, columnsWithin(people, null), userId);
    user.erase(ctx.clock.now());
    record(tx, ctx, { type: 'user_deleted', userId });
    await recordEvent(tx, ctx, 'identity.user.deleted', { subject: userId, data: { userId } });
    await recordEvent(tx, ctx, 'identity.sessions.ended', {
      subject: userId,
      data: { userId, tenantId: null, reason: 'account deleted' },
    });
  });
  await ctx.tokensEnded();
  endSessions(ctx, userId, 'endAll');
  await notify(ctx, email, (say) => say.accountDeleted());
  return true;
}
