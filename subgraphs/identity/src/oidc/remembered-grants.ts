import { rows } from '@polity/kernel/db/orm';
import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { OpenEm } from './adapter.ts';

interface Row {
  payload: { openid?: object; resources?: object };
  /** Seconds until it ends. */
  left: number;
}

const NEWEST = `select payload, floor(extract(epoch from expires_at - now()))::int as left from oidc_payload
  where account_id = ?::uuid and client_id = ?::uuid and model = 'Grant' and expires_at > now() + interval '1 minute'
  order by created_at desc limit 1`;

/** What the person allowed the application when they were signed in before: the same for this session, and no longer than then. */
async function remembered({ oidc }: KoaContextWithOIDC, openEm: OpenEm): Promise<Grant | undefined> {
  const [accountId, clientId] = [oidc.session?.accountId, oidc.client?.clientId];
  const [row] = await rows<Row>(openEm(), NEWEST, [accountId, clientId]);
  if (!row) return undefined;
  const { openid, resources } = row.payload;
  const grant = new oidc.provider.Grant({ accountId, clientId, openid, resources, expiresIn: row.left } as never);
  await grant.save();
  return grant;
}

/** Finds what the person allowed the application, so that they are asked once and not in every session. */
export function grantFinder(openEm: OpenEm) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { session, client, result, provider } = ctx.oidc;
    const known = result?.consent?.grantId ?? session?.grantIdFor(client?.clientId ?? '');
    const grant = known ? await provider.Grant.find(known) : undefined;
    return grant ?? (known ? undefined : remembered(ctx, openEm));
  };
}
