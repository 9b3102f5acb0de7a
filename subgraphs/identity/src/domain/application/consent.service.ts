import type { EntityManager } from '@mikro-orm/postgresql';
import { rows } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { sql } from '@polity/kernel/db/sql';
import { write } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { NotFound } from '@polity/kernel/graph/errors';
import { pageOf } from '@polity/kernel/graph/pages';
import { hashedId } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { findClient } from '../../oidc/clients.ts';
import { record } from '../audit/audit.service.ts';
import { OidcPayload } from '../oidc-payload/oidc-payload.entity.ts';
import { viewerIdOf } from '../viewer-rights.ts';

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

/** The provider keeps a grant by the hash of its secret id; clients know the consent by a UUID made of that. */
const idOf = ({ key }: OidcPayload): string => hashedId(Buffer.from(key.slice('Grant:'.length), 'base64url'));

function scopesOf({ openid, resources }: GrantPayload): string[] {
  const texts = [openid?.scope ?? '', ...Object.values(resources ?? {})];
  return [...new Set(texts.flatMap((text) => text.split(' ')).filter(Boolean))].sort();
}

const GRANTED = `select payload from oidc_payload where account_id = ?::uuid and client_id = ?::uuid and model = 'Grant' and expires_at > ?`;

/** What the person allowed the application of a grant, in all its grants; null where the application is gone. */
async function consentOf(em: EntityManager, grant: Row<OidcPayload>, now: Date): Promise<Consent | null> {
  const client = await findClient(em, grant.clientId ?? '');
  if (!client) return null;
  const all = await rows<{ payload: GrantPayload }>(em, GRANTED, [grant.accountId, grant.clientId, now]);
  const scopes = [...new Set(all.flatMap(({ payload }) => scopesOf(payload)))].sort();
  const { id: applicationId, name: applicationName } = client;
  const { createdAt, expiresAt } = grant;
  return { id: idOf(grant), applicationId, applicationName, scopes, createdAt, expiresAt };
}

// An application gets a grant each time it is allowed something in a browser where it was not; a person sees one consent.
const NEWEST_OF_ITS_APPLICATION = `not exists (select 1 from oidc_payload n where n.account_id = t.account_id and n.client_id = t.client_id
  and n.model = 'Grant' and n.expires_at > ? and (n.created_at, n.key) > (t.created_at, t.key))`;

const NEWEST_FIRST = [
  { column: 'createdAt', direction: 'desc', type: 'time' },
  { column: 'key', direction: 'desc', type: 'text' },
] as const;

/** What the person who asks allowed applications, of any tenant; newest first. */
export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<Consent>> {
  const now = ctx.clock.now();
  const own = { accountId: viewerIdOf(ctx), model: 'Grant' };
  const where = [own, sql('t.expires_at > ?', now), sql(NEWEST_OF_ITS_APPLICATION, now)];
  const { edges, pageInfo } = await pageOf(ctx.em, OidcPayload, { list: 'consents', args, order: NEWEST_FIRST, where });
  const consents = await Promise.all(edges.map(({ node }) => consentOf(ctx.em, node, now)));
  const shown = edges.flatMap(({ cursor }, at) => (consents[at] ? [{ cursor, node: consents[at] }] : []));
  return { edges: shown, pageInfo };
}

/** Takes back all that was allowed an application and returns it as it was: every token that was given on it ends with it. Throws NotFound. */
export async function revoke(ctx: Context, id: string): Promise<Consent> {
  const accountId = viewerIdOf(ctx);
  const revoked = await write(ctx, async (tx) => {
    const grants = await tx.find(OidcPayload, { accountId, model: 'Grant' });
    const grant = grants.find((each) => idOf(each) === id);
    const consent = grant && (await consentOf(tx, grant, ctx.clock.now()));
    if (!grant?.clientId || !consent) throw new NotFound('Consent');
    // Of several at once, the one that deletes the rows has revoked it.
    if ((await tx.nativeDelete(OidcPayload, { accountId, clientId: grant.clientId })) === 0)
      throw new NotFound('Consent');
    record(tx, ctx, { type: 'consent_revoked', userId: accountId, data: { applicationId: grant.clientId } });
    return consent;
  });
  await ctx.tokensEnded();
  return revoked;
}
