import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { rows } from '@polity/kernel/db/orm';
import { checked, line, moment } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { record } from '../audit/audit.service.ts';
import { hashOf } from '../token/token.service.ts';
import { may, mayNow, viewerIdOf } from '../viewer-rights.ts';
import { RegistrationToken, type RegistrationTokenRow } from './registration-token.entity.ts';

/** How every such token begins, so that secret scanners know a leaked one. */
const PREFIX = 'polity_rg_';
const MANAGE = 'identity.application.manage';
const DAY_MS = 24 * 3600 * 1000;
const DEFAULT_LIFE_MS = 7 * DAY_MS;
const LONGEST_LIFE_MS = 366 * DAY_MS;
const MOST_USES = 1_000;
/** Tokens of a tenant that may be live at once. */
const MAX_LIVE = 50;

export interface RegistrationTokenInput {
  name: string;
  maxUses?: number | null | undefined;
  expiresAt?: Date | null | undefined;
}

export interface CreatedRegistrationToken {
  registrationToken: RegistrationToken;
  /** Shown once. */
  secret: string;
}

const schema = (nowMs: number) =>
  z.object({
    name: line(80),
    maxUses: z
      .number()
      .int()
      .min(1, `must be between 1 and ${MOST_USES}`)
      .max(MOST_USES, `must be between 1 and ${MOST_USES}`)
      .nullish()
      .transform((uses) => uses ?? 1),
    expiresAt: moment('must lie ahead, by 366 days at most', { after: nowMs, until: nowMs + LONGEST_LIFE_MS })
      .nullish()
      .transform((at) => at ?? new Date(nowMs + DEFAULT_LIFE_MS)),
  });

/** Tenant of the request, for whoever looks after its applications themselves. Throws Forbidden. */
async function managedTenant(ctx: Context): Promise<string> {
  const { tenantId } = ctx.request;
  if (!tenantId || ctx.viewer.scopes !== null || !(await mayNow(ctx, MANAGE))) throw new Forbidden();
  return tenantId;
}

const LIVE =
  'select count(*)::int as n from registration_token where tenant_id = ? and revoked_at is null and expires_at > ? and uses < max_uses';

/** Whoever makes several at once makes them one after the other, so that each counts those before it. */
async function assertRoom(tx: EntityManager, tenantId: string, now: Date): Promise<void> {
  await tx.execute('select id from tenant where id = ? for update', [tenantId]);
  const [live] = await tx.execute<{ n: number }[]>(LIVE, [tenantId, now]);
  if ((live?.n ?? 0) >= MAX_LIVE)
    throw new InvalidInput({ name: `is one too many: ${MAX_LIVE} tokens are live already` });
}

/** Makes a token with which programs register applications of the request's tenant. Throws Forbidden, InvalidInput. */
export async function create(ctx: Context, input: RegistrationTokenInput): Promise<CreatedRegistrationToken> {
  const createdBy = viewerIdOf(ctx);
  const given = checked(schema(ctx.clock.nowMs()), input);
  const tenantId = await managedTenant(ctx);
  const secret = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const registrationToken = await write(ctx, async (tx) => {
    const createdAt = ctx.clock.now();
    await assertRoom(tx, tenantId, createdAt);
    const id = uuidv7();
    record(tx, ctx, {
      type: 'registration_token_created',
      userId: createdBy,
      data: { registrationTokenId: id, ...given },
    });
    return tx.create(RegistrationToken, {
      ...given,
      ...{ id, createdAt, tenantId, createdBy, uses: 0, revokedAt: null },
      ...{ hash: hashOf(secret), hint: secret.slice(-4) },
    });
  });
  return { registrationToken, secret };
}

/** Tokens of the request's tenant, newest first, for those who look after its applications; they stay in the list when they are over. */
export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<RegistrationTokenRow>> {
  const { tenantId } = ctx.request;
  if (!tenantId || !(await may(ctx, MANAGE))) throw new Forbidden();
  return pageOf(ctx.em, RegistrationToken, {
    list: 'registration-tokens',
    args,
    order: newestFirst,
    where: { tenantId },
  });
}

/** Ends a token at once and returns it as it was; what it registered stays. Throws NotFound for one that is missing, over already, or of another tenant. */
export async function revoke(ctx: Context, id: string): Promise<RegistrationToken> {
  const tenantId = await managedTenant(ctx);
  if (!isUuid(id)) throw new NotFound('Token');
  return write(ctx, async (tx) => {
    const token = await tx.findOne(RegistrationToken, { id, tenantId, revokedAt: null });
    const live = { id, tenantId, revokedAt: null };
    const ended = await tx.nativeUpdate(RegistrationToken, live, { revokedAt: ctx.clock.now() });
    if (!token || ended === 0) throw new NotFound('Token');
    record(tx, ctx, {
      type: 'registration_token_revoked',
      userId: token.createdBy ?? null,
      data: { registrationTokenId: id },
    });
    return token;
  });
}

/** Of which tenant a live token is, and who answers for it. */
export interface Registrar {
  id: string;
  tenantId: string;
  createdBy: string;
}

const FOUND = 'id, tenant_id as "tenantId", created_by as "createdBy"';
const GOOD = 'hash = ? and revoked_at is null and expires_at > ? and uses < max_uses and created_by is not null';

/** What the token is good for; null for one that is unknown, revoked, used up or too old. */
export async function findLive(em: EntityManager, secret: string, now: Date): Promise<Registrar | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const [found] = await rows<Registrar>(em, `select ${FOUND} from registration_token where ${GOOD}`, [
    hashOf(secret),
    now,
  ]);
  return found ?? null;
}

/** Uses the token once, in the transaction of what it registers; false where another use was the last. */
export async function useOnce(tx: EntityManager, secret: string, now: Date): Promise<boolean> {
  const sql = `update registration_token set uses = uses + 1 where ${GOOD} returning id`;
  return (await tx.execute<{ id: string }[]>(sql, [hashOf(secret), now])).length > 0;
}
