import { randomBytes } from 'node:crypto';
import { write } from '@polity/kernel/domain/write';
import { NotFound } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { addressBlock } from '@polity/kernel/request/address-block';
import type { Context } from '../../context.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { hashOf } from '../token/token.service.ts';
import type { Provider } from './presets.ts';
import { newSecrets, type Person, type Secrets } from './protocol.ts';
import { providerBy, redirectUriOf } from './provider.service.ts';
import { UpstreamAttempt } from './upstream.entity.ts';
import { UpstreamRefused } from './upstream.errors.ts';

const LIFE_MS = 10 * 60_000;
/** Visits to providers that may begin per hour from one address block. */
const PER_HOUR = 600;

const sealPlace = (id: string) => `upstream_attempt.sealed.${id}`;

export interface Beginning {
  provider: string;
  /** Whether the browser is at the host of the tenant, and comes back there. */
  tenantHost?: boolean | null | undefined;
  invitationHash?: string | null;
  /** Whose account is to be linked, in which session; absent for a sign-in. */
  linker?: { userId: string; sessionId: string | null };
}

export interface UpstreamRedirect {
  url: string;
  browser: string;
  expiresAt: Date;
}

/** Provider answers come to one host; the tenant's own is named in the state, which the browser shows there. */
async function stateOf(ctx: Context, tenantId: string, tenantHost: boolean): Promise<string> {
  const secret = `polity_us_${randomBytes(32).toString('base64url')}`;
  if (!tenantHost) return secret;
  const { slug } = await ctx.em.fork().findOneOrFail(Tenant, tenantId);
  return `${secret}.${slug}`;
}

/** Begins a visit to a provider. Throws NotFound, RateLimited, UpstreamUnavailable. */
export async function begin(
  ctx: Context,
  { provider: key, tenantHost, invitationHash, linker }: Beginning,
): Promise<UpstreamRedirect> {
  const { tenantId, address } = ctx.request;
  if (!tenantId) throw new NotFound('The provider');
  if (address) await ctx.throttle.limit('upstream', addressBlock(address), PER_HOUR);
  const provider = await providerBy(ctx, key);
  const [state, browser, secrets] = [
    await stateOf(ctx, tenantId, tenantHost ?? false),
    randomBytes(32).toString('base64url'),
    newSecrets(),
  ];
  const url = await ctx.upstreams.address(provider, { redirectUri: redirectUriOf(ctx, key), state, secrets });
  const [id, expiresAt] = [uuidv7(), new Date(ctx.clock.nowMs() + LIFE_MS)];
  await write(ctx, async (tx) => {
    tx.create(UpstreamAttempt, {
      ...{ id, createdAt: ctx.clock.now(), tenantId, provider: key, purpose: linker ? 'LINK' : 'SIGN_IN' },
      ...{ stateHash: hashOf(state), browserHash: hashOf(browser) },
      sealed: ctx.secrets.seal(JSON.stringify(secrets), sealPlace(id)),
      ...{ userId: linker?.userId ?? null, sessionId: linker?.sessionId ?? null },
      ...{ invitationHash: invitationHash ?? null, expiresAt, consumedAt: null },
    });
  });
  return { url, browser, expiresAt };
}

/** What a browser brings back from a provider. */
export interface UpstreamAnswer {
  provider: string;
  stateSecret: string;
  code: string;
  issuer?: string | null | undefined;
  browser: string;
}

interface Taken {
  id: string;
  sealed: string;
  invitationHash: string | null;
}

const TAKE = `update upstream_attempt set consumed_at = ?
  where state_hash = ? and browser_hash = ? and provider = ? and tenant_id = ?::uuid and consumed_at is null and expires_at > ?
    and user_id is not distinct from ?::uuid and session_id is not distinct from ?
  returning id, sealed, invitation_hash as "invitationHash"`;

export interface Ended {
  provider: Provider;
  person: Person;
  invitationHash: string | null;
}

function assertAdmitted({ allowedDomains }: Provider, { email, emailVerified }: Person): void {
  if (allowedDomains.length === 0) return;
  const domain = email?.toLowerCase().split('@').at(-1) ?? '';
  if (!emailVerified || !allowedDomains.includes(domain))
    throw new UpstreamRefused(new Error('the domain is not let in'));
}

/**
 * Ends a visit, once: whatever comes of it, the state is used up. Throws UpstreamRefused for one that is unknown, used, too old, of another browser,
 * tenant, provider or session, or that the provider does not confirm.
 */
export async function end(ctx: Context, answer: UpstreamAnswer, linker?: Beginning['linker']): Promise<Ended> {
  const { provider: key, stateSecret: state, code, issuer, browser } = answer;
  const now = ctx.clock.now();
  const whose = [linker?.userId ?? null, linker?.sessionId ?? null];
  const asked = [now, hashOf(state), hashOf(browser), key, ctx.request.tenantId, now, ...whose];
  const [taken] = await write(ctx, (tx) => tx.execute<Taken[]>(TAKE, asked));
  if (!taken) throw new UpstreamRefused();
  const provider = await providerBy(ctx, key);
  const secrets = JSON.parse(ctx.secrets.open(taken.sealed, sealPlace(taken.id))) as Secrets;
  const parameters = new URLSearchParams({ code, ...(issuer && { iss: issuer }) });
  const redirectUri = redirectUriOf(ctx, key);
  try {
    const person = await ctx.upstreams.person({ provider, redirectUri, secrets, parameters });
    assertAdmitted(provider, person);
    return { provider, person, invitationHash: taken.invitationHash };
  } catch (error) {
    ctx.log.info({ err: error, provider: key }, 'what a provider answered was not accepted');
    throw error;
  }
}
