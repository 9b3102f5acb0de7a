import type { EntityManager } from '@mikro-orm/postgresql';
import { checked, orNone } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { addressBlock } from '@polity/kernel/request/address-block';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { readerOf } from '../../mails/reader.ts';
import { recordAttempt } from '../audit/audit.service.ts';
import { assertPassword } from '../credential/credential.service.ts';
import { checkInvitation } from '../invitation/invitation.use.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { hashOf, issue } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { displayName, email, username } from '../user/user.input.ts';
import { anotherUsername } from '../user/user.names.ts';

/** Sign-ups per hour from one address block. */
export const SIGN_UPS_PER_HOUR = 300;
/** Mails per hour to one mailbox; past it the answer is the same and no mail is sent. */
export const MAILS_PER_HOUR = 10;

export interface SignUpInput {
  email: string;
  password: string;
  displayName?: string | null | undefined;
  username?: string | null | undefined;
  invitation?: string | null | undefined;
}

const schema = z.object({ email, username: orNone(username), displayName: orNone(displayName) });
type Said = z.output<typeof schema>;

async function readInput(ctx: Context, input: SignUpInput, tenantName: string | null): Promise<Said> {
  const said = checked(schema, input);
  await assertPassword(ctx, 'password', input.password, [said.email, said.username, said.displayName, tenantName]);
  return said;
}

/** Makes an account that is nobody's yet: it has no name of its own, so that whoever does not prove an address takes none from others. */
async function insertPending(tx: EntityManager, ctx: Context, email: string): Promise<string | null> {
  const now = ctx.clock.now();
  for (let attempt = 0; attempt < 5; attempt++) {
    const username = anotherUsername(null);
    const [row] = await tx.execute<{ id: string }[]>(
      `insert into user_account (id, created_at, updated_at, username, display_name, email, status, failed_attempts)
       values (?, ?, ?, ?, ?, ?, 'PENDING', 0) on conflict do nothing returning id`,
      [uuidv7(), now, now, username, username, email],
    );
    if (row) return row.id;
    const [known] = await tx.execute<{ id: string }[]>('select id from user_account where email = ?', [email]);
    if (known) return null;
  }
  return null;
}

/**
 * Signs up: the account waits until the mailed link was used. An address that has an account gets another mail and the same answer. Each
 * link carries what its own sign-up said, so that nobody can choose password, names or home tenant of an account that another will activate.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<{ email: string }> {
  const { language } = ctx.request;
  const tenant = ctx.request.tenantId ? await ctx.em.fork().findOne(Tenant, ctx.request.tenantId) : null;
  const given = await readInput(ctx, input, tenant?.name ?? null);
  if (ctx.request.address) await ctx.throttle.limit('sign-up', addressBlock(ctx.request.address), SIGN_UPS_PER_HOUR);
  const invitationHash = input.invitation ? hashOf(input.invitation) : null;
  await assertSignUpAllowed(ctx, tenant, { hash: invitationHash, email: given.email });
  const passwordHash = await ctx.hasher.hash(input.password);
  const mayMail = await ctx.throttle.within('mail', given.email, MAILS_PER_HOUR);
  const reader = await readerOf(ctx, given.email);
  const mail = await write(ctx, async (tx) => {
    const createdId = await insertPending(tx, ctx, given.email);
    const user = await tx.findOne(User, { email: given.email });
    const pending = user?.status === 'PENDING' ? user : null;
    const payload = {
      passwordHash,
      ...(tenant && { tenantId: tenant.id }),
      ...(given.username && { username: given.username }),
      ...(given.displayName && { displayName: given.displayName }),
      ...(invitationHash && { invitationHash }),
      ...(language && { language: language.toUpperCase() }),
    };
    const token = issue(tx, ctx, { purpose: 'ACTIVATION', userId: pending?.id ?? null, payload });
    const type = createdId ? 'user_created' : 'authn_token_created';
    const entry = { type, userId: user?.id ?? null, data: { purpose: 'ACTIVATION' } } as const;
    await recordAttempt(tx, ctx, entry, 'authn_token_created');
    if (createdId)
      await recordEvent(tx, ctx, 'identity.user.created', { subject: createdId, data: { userId: createdId } });
    return pending ? ctx.mails.activation(reader, token) : ctx.mails.signUpOfKnown(reader);
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
