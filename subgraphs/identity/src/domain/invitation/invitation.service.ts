import { randomBytes } from 'node:crypto';
import { checked, moment, told } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { newestFirst, oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { readerOf } from '../../mails/reader.ts';
import { mayGiveRole } from '../access-mirror.ts';
import { MAILS_PER_HOUR } from '../account/sign-up.service.ts';
import { record } from '../audit/audit.service.ts';
import { hashOf } from '../token/token.service.ts';
import { emailProblem, normalEmail } from '../user/user.names.ts';
import { may, mayNow, viewerIdOf } from '../viewer-rights.ts';
import { Invitation, type InvitationRow, InvitationUse, type InvitationUseRow } from './invitation.entity.ts';
import { placeOf } from './invitation.use.ts';

const DAY_MS = 24 * 3600 * 1000;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 90;
const MAX_USES = 1000;
/** Mails that one person may have sent to strangers per hour, whatever tenants they make: their names stand in the mails. */
const MAILS_PER_PERSON_AND_HOUR = 100;

export interface InvitationInput {
  email?: string | null | undefined;
  maxUses?: number | null | undefined;
  expiresAt?: Date | null | undefined;
  roleKey?: string | null | undefined;
  communityId?: string | null | undefined;
}

type NewInvitation = Pick<Invitation, 'email' | 'maxUses' | 'expiresAt' | 'roleKey' | 'communityId'>;

function readInput(nowMs: number, input: InvitationInput): NewInvitation {
  const expiry = { after: nowMs, until: nowMs + MAX_DAYS * DAY_MS };
  const uses = `must be between 1 and ${MAX_USES}`;
  const schema = z.object({
    email: told(z.string().transform(normalEmail), emailProblem).nullish(),
    maxUses: z.int(uses).min(1, uses).max(MAX_USES, uses).nullish(),
    expiresAt: moment(`must be within the next ${MAX_DAYS} days`, expiry).nullish(),
    communityId: told(z.string(), (id) => (isUuid(id) ? null : 'is not an id')).nullish(),
    roleKey: z.string().nullish(),
  });
  const given = checked(schema, { ...input, email: input.email || null });
  const communityId = given.communityId ?? null;
  return {
    email: given.email ?? null,
    maxUses: given.maxUses ?? 1,
    expiresAt: given.expiresAt ?? new Date(nowMs + DEFAULT_DAYS * DAY_MS),
    roleKey: given.roleKey ?? (communityId ? 'portal.member' : 'tenant.member'),
    communityId,
  };
}

/** Invites to the tenant of the request; the token is returned once and mailed where an address is given. */
export async function create(ctx: Context, given: InvitationInput): Promise<{ invitation: Invitation; token: string }> {
  const userId = viewerIdOf(ctx);
  const { tenantId } = ctx.request;
  const input = readInput(ctx.clock.nowMs(), given);
  if (!tenantId || !(await mayNow(ctx, 'identity.member.invite'))) throw new Forbidden();
  const offered = { giverId: userId, roleKey: input.roleKey, scope: placeOf({ ...input, tenantId }) };
  if (!(await mayGiveRole(ctx, offered)))
    throw new Forbidden('You may not give this role there.', { field: 'roleKey' });
  if (input.email) await ctx.throttle.limit('invitation-mail', userId, MAILS_PER_PERSON_AND_HOUR);
  const token = `polity_in_${randomBytes(32).toString('base64url')}`;
  const invitation = await write(ctx, async (tx) => {
    const id = uuidv7();
    record(tx, ctx, {
      type: 'invitation_created',
      userId: null,
      data: { invitationId: id, roleKey: input.roleKey, maxUses: input.maxUses },
    });
    const createdAt = ctx.clock.now();
    return tx.create(Invitation, {
      ...input,
      id,
      createdAt,
      tenantId,
      tokenHash: hashOf(token),
      uses: 0,
      createdBy: userId,
      revokedAt: null,
    });
  });
  if (input.email) await mailTo(ctx, input.email, token);
  return { invitation, token };
}

async function mailTo(ctx: Context, email: string, token: string): Promise<void> {
  if (!(await ctx.throttle.within('mail', email, MAILS_PER_HOUR))) return;
  const reader = await readerOf(ctx, email, 'another');
  const inviter = await ctx.loaders.userById.load(viewerIdOf(ctx));
  ctx.mailer.send(ctx.mails.invitation(reader, token, inviter?.displayName ?? null));
}

/** Ends an invitation; who came in with it stays. Throws NotFound for one that is missing or of another tenant. */
export async function revoke(ctx: Context, id: string): Promise<Invitation> {
  if (!(await mayNow(ctx, 'identity.member.invite'))) throw new Forbidden();
  return write(ctx, async (tx) => {
    const invitation = isUuid(id)
      ? await tx.findOne(Invitation, { id, tenantId: ctx.request.tenantId as string })
      : null;
    if (!invitation) throw new NotFound('Invitation');
    invitation.revoke(ctx.clock.now());
    record(tx, ctx, { type: 'invitation_revoked', userId: null, data: { invitationId: id } });
    return invitation;
  });
}

/** Invitations of the tenant of the request, newest first. */
export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<InvitationRow>> {
  if (!(await may(ctx, 'identity.member.invite'))) throw new Forbidden();
  const where = { tenantId: ctx.request.tenantId };
  return pageOf(ctx.em, Invitation, { list: 'invitations', args, order: newestFirst, where });
}

const uses = { list: 'invitation.uses', entity: InvitationUse, parent: 't.invitation_id', order: oldestFirst };

/** Who came in with an invitation that the viewer was shown, first come first. */
export function usesOf(
  ctx: Context,
  { id }: InvitationRow,
  args: ConnectionArgs,
): Promise<Connection<InvitationUseRow>> {
  return ctx.loaders.pages(uses, id, args);
}

/** All of them: at most as many as an invitation may be used for. */
export async function allUsesOf(ctx: Context, { id }: InvitationRow): Promise<InvitationUseRow[]> {
  const limits = { limits: { max: MAX_USES } };
  const { edges } = await ctx.loaders.pages({ ...uses, ...limits }, id, { first: MAX_USES });
  return edges.map(({ node }) => node);
}

/** What an invitation is good for now. */
export function statusOf(
  { revokedAt, expiresAt, uses, maxUses }: InvitationRow,
  nowMs: number,
): 'OPEN' | 'USED' | 'EXPIRED' | 'REVOKED' {
  if (revokedAt) return 'REVOKED';
  if (uses >= maxUses) return 'USED';
  return expiresAt.getTime() <= nowMs ? 'EXPIRED' : 'OPEN';
}
