import { provesTwoFactors } from '@polity/kernel/request/second-factor';
import type { SignedIn } from '@polity/kernel/request/signed-in';
import { boundTenantOf } from '@polity/kernel/request/vouched';
import type { Interaction } from 'oidc-provider';
import type { Context } from '../context.ts';
import { factorsOf } from '../domain/mfa/mfa.queries.ts';
import { mayUse } from './claims.ts';

/**
 * What an authorization waits for: that somebody signs in, somebody else, a member of the tenant, proves anew who they are or by a second factor,
 * allows what is asked for, or begins again as who they are by now; NOTHING where it can go on.
 */
export type Need =
  | 'SIGN_IN'
  | 'OTHER_ACCOUNT'
  | 'MEMBERSHIP'
  | 'PROOF'
  | 'FACTOR'
  | 'CONSENT'
  | 'NEW_BEGINNING'
  | 'NOTHING';

interface LoginDetails {
  /** Proof on which the session rested when the request came. */
  formerProof?: string;
  max_age?: number | string;
  /** Account that the application wants, by a hint that we signed. */
  wantedAccount?: string;
}

type Prompted = Pick<Interaction, 'prompt' | 'iat' | 'session'>;

/** Whether the last proof of identity is as new as the request wants it. */
function isProven({ prompt, iat }: Prompted, { proof, authTime }: SignedIn): boolean {
  const { formerProof, max_age: maxAge } = prompt.details as LoginDetails;
  if (prompt.reasons.includes('login_prompt') && proof === formerProof) return false;
  return maxAge === undefined || authTime >= iat - Number(maxAge);
}

async function lacksFactor(ctx: Context, { prompt }: Prompted, { acr, amr, userId }: SignedIn): Promise<boolean> {
  const { reasons } = prompt;
  if (acr === 'aal2') return false;
  if (reasons.includes('tenant_mfa') && !provesTwoFactors({ acr, amr, scopes: null })) return true;
  // A mere wish: somebody without a second factor goes on with one, and the application reads that in `acr`.
  if (!reasons.includes('acr_values')) return false;
  const { totp, passkeys } = await factorsOf(ctx, userId);
  return totp || passkeys > 0;
}

/** What this authorization of an application of the tenant waits for, for whoever is signed in at the browser. */
export async function needOf(
  ctx: Context,
  interaction: Prompted,
  tenantId: string,
  signedIn: SignedIn | null,
): Promise<Need> {
  if (interaction.prompt.name === 'consent') {
    const isSame = signedIn !== null && signedIn.userId === interaction.session?.accountId;
    return isSame ? 'CONSENT' : 'NEW_BEGINNING';
  }
  if (!signedIn) return 'SIGN_IN';
  const { wantedAccount } = interaction.prompt.details as LoginDetails;
  if (wantedAccount !== undefined && wantedAccount !== signedIn.userId) return 'OTHER_ACCOUNT';
  // A tenant's provider speaks for people in that tenant, and so for its applications only.
  if ((boundTenantOf(signedIn) ?? tenantId) !== tenantId) return 'OTHER_ACCOUNT';
  if (!(await mayUse(ctx.em, tenantId, signedIn.userId))) return 'MEMBERSHIP';
  if (!isProven(interaction, signedIn)) return 'PROOF';
  return (await lacksFactor(ctx, interaction, signedIn)) ? 'FACTOR' : 'NOTHING';
}
