import { rows } from '@polity/kernel/db/orm';
import { type Language, languageOf } from '@polity/kernel/pages/language';
import type { Context } from '../context.ts';

/** Who reads a mail, in which language, and in whose name it comes. */
export interface Reader {
  to: string;
  language: Language;
  /** Null where the mail comes from no tenant. */
  tenant: { slug: string; name: string; accentColor: string | null } | null;
}

interface Row {
  slug: string | null;
  name: string | null;
  accentColor: string | null;
  ofTenant: string | null;
  ofAccount: string | null;
}

// One statement whoever has the address, so that nobody learns from its time whether somebody does.
const READER = `select t.slug, t.name, t.accent_color as "accentColor", t.language as "ofTenant", u.language as "ofAccount"
  from (select ?::text as email, ?::uuid as tenant_id) asked
  left join user_account u on u.email = asked.email
  left join tenant t on t.id = coalesce(asked.tenant_id, u.home_tenant_id)`;

/**
 * The reader of a mail to this address: in the language of their account, else that of the request, which is theirs unless `by` says that somebody
 * else caused the mail, else the tenant's. In the name of the request's tenant, or of the one in which the account was made.
 */
export async function readerOf(ctx: Context, to: string, by: 'them' | 'another' = 'them'): Promise<Reader> {
  const { tenantId, language: ofRequest } = ctx.request;
  const [row] = await rows<Row>(ctx.em, READER, [to, tenantId]);
  const wishes = by === 'them' ? [ofRequest, row?.ofTenant] : [row?.ofTenant, ofRequest];
  const language = [row?.ofAccount, ...wishes].map(languageOf).find((each) => each !== null) ?? 'en';
  const { slug, name, accentColor = null } = row ?? {};
  return { to, language, tenant: slug && name ? { slug, name, accentColor } : null };
}
