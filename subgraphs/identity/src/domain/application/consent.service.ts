import { NotFound } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { findClient } from '../../oidc/clients.ts';
import { record } from '../audit/audit.service.ts';
import { OidcPayload } from '../oidc-payload/oidc-payload.entity.ts';
import { viewerIdOf } from '../viewer.ts';

/** What a person allowed an application. */
export interface Consent {
  id: string;
  applicationId: string;
  applicationName: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
}

interface GrantPayload {
  openid?: { scope?: string };
  resources?: Record<string, string>;
}

const ID = /^[\w-]{43}$/;

function scopesOf({ openid, resources }: GrantPayload): string[] {
  const texts = [openid?.scope ?? '', ...Object.values(resources ?? {})];
  return [...new Set(texts.flatMap((text) => text.split(' ')).filter(Boolean))].sort();
}

async function consentOf(ctx: Context, grant: OidcPayload): Promise<Consent[]> {
  const client = await findClient(ctx.em, grant.clientId ?? '');
  if (!client) return [];
  const { id: applicationId, name: applicationName } = client;
  const { createdAt, expiresAt } = grant;
  return [
    {
      id: grant.key.slice('Grant:'.length),
      applicationId,
      applicationName,
      scopes: scopesOf(grant.payload),
      createdAt,
      expiresAt,
    },
  ];
}

/** What the person who asks allowed applications, of any tenant; newest first. */
export async function list(ctx: Context): Promise<Consent[]> {
  const where = { accountId: viewerIdOf(ctx), model: 'Grant', expiresAt: { $gt: ctx.clock.now() } };
  const grants = await ctx.em.find(OidcPayload, where, { orderBy: { createdAt: 'desc' }, limit: 200 });
  return (await Promise.all(grants.map((grant) => consentOf(ctx, grant)))).flat();
}

/** Takes a permission back: every token that was given on it ends with it. */
export async function revoke(ctx: Context, id: string): Promise<boolean> {
  const accountId = viewerIdOf(ctx);
  await ctx.em.fork().transactional(async (tx) => {
    const grant = ID.test(id) ? await tx.findOne(OidcPayload, { key: `Grant:${id}`, accountId, model: 'Grant' }) : null;
    if (!grant?.grantId) throw new NotFound('Consent');
    await tx.nativeDelete(OidcPayload, { grantId: grant.grantId });
    record(tx, ctx, { type: 'consent_revoked', userId: accountId, data: { applicationId: grant.clientId } });
  });
  await ctx.tokensEnded();
  return true;
}
