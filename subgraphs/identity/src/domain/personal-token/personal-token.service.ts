import { randomBytes } from 'node:crypto';
import { sql } from '@polity/kernel/db/sql';
import { checked, line, moment } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import type { ScopeCatalogue } from '../../oidc/scopes.ts';
import { scopes } from '../application/application.input.ts';
import { record } from '../audit/audit.service.ts';
import { isMember } from '../membership/membership.service.ts';
import { lockAccount } from '../passkey/passkey.queries.ts';
import { hashOf } from '../token/token.service.ts';
import { viewerIdOf } from '../viewer-rights.ts';
import { PersonalToken } from './personal-token.entity.ts';
import { PERSONAL_TOKEN_PREFIX } from './personal-token.lookup.ts';

const DAY_MS = 24 * 3600 * 1000;
const DEFAULT_LIFE_MS = 90 * DAY_MS;
const LONGEST_LIFE_MS = 366 * DAY_MS;
const MAX_LIVE = 50;

export interface PersonalTokenInput {
  name: string;
  scopes: readonly string[];
  expiresAt?: Date | null | undefined;
}

export interface CreatedPersonalToken {
  personalToken: PersonalToken;
  /** Shown once. */
  secret: string;
}

function schema(known: ScopeCatalogue, nowMs: number) {
  return z.object({
    name: line(80),
    scopes: scopes(known),
    expiresAt: moment('must lie ahead, by 366 days at most', { after: nowMs, until: nowMs + LONGEST_LIFE_MS })
      .nullish()
      .transform((at) => at ?? new Date(nowMs + DEFAULT_LIFE_MS)),
  });
}

/** Makes a token for the viewer's scripts, for the request's tenant. */
export async function create(ctx: Context, input: PersonalTokenInput): Promise<CreatedPersonalToken> {
  const userId = viewerIdOf(ctx);
  const { tenantId } = ctx.request;
  const given = checked(schema(await ctx.oidc.scopes(), ctx.clock.nowMs()), { ...input, scopes: [...input.scopes] });
  const secret = `${PERSONAL_TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
  const personalToken = await write(ctx, async (tx) => {
    if (ctx.viewer.scopes !== null || !tenantId || !(await isMember({ em: tx, request: ctx.request }, userId)))
      throw new Forbidden('Sign in yourself to do this.');
    // Whoever makes several at once makes them one after the other, so that each counts those before it.
    await lockAccount(tx, userId);
    if ((await tx.count(PersonalToken, { userId, revokedAt: null, expiresAt: { $gt: ctx.clock.now() } })) >= MAX_LIVE) {
      throw new InvalidInput({ name: `is one too many: ${MAX_LIVE} tokens are live already` });
    }
    record(tx, ctx, { type: 'authn_token_created', userId, data: { scopes: given.scopes } });
    return tx.create(PersonalToken, {
      ...given,
      ...{ id: uuidv7(), createdAt: ctx.clock.now(), tenantId, userId },
      ...{ hash: hashOf(secret), hint: secret.slice(-4), lastUsedAt: null, revokedAt: null },
    });
  });
  return { personalToken, secret };
}

/** Tokens of the person who asks that are neither revoked nor expired, newest first. */
export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<PersonalToken>> {
  const where = [{ userId: viewerIdOf(ctx), revokedAt: null }, sql('t.expires_at > ?', ctx.clock.now())];
  return pageOf(ctx.em, PersonalToken, { list: 'personal-tokens', args, order: newestFirst, where });
}

/** Ends one of the viewer's tokens at once and returns it as it was. Throws NotFound. */
export async function revoke(ctx: Context, id: string): Promise<PersonalToken> {
  const userId = viewerIdOf(ctx);
  if (!isUuid(id)) throw new NotFound('Token');
  const revoked = await write(ctx, async (tx) => {
    const token = await tx.findOne(PersonalToken, { id, userId, revokedAt: null });
    const ended = await tx.nativeUpdate(PersonalToken, { id, userId, revokedAt: null }, { revokedAt: ctx.clock.now() });
    if (!token || ended === 0) throw new NotFound('Token');
    record(tx, ctx, { type: 'authn_token_revoked', userId, data: { tokenId: id } });
    return token;
  });
  await ctx.tokensEnded();
  return revoked;
}
