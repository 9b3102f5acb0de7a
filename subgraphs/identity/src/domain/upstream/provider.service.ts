import { LockMode } from '@mikro-orm/postgresql';
import { readRow, readRows } from '@polity/kernel/db/rows';
import { write } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Conflict, Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { record } from '../audit/audit.service.ts';
import { may, mayNow, viewerIdOf } from '../viewer-rights.ts';
import { OIDC_CLAIMS, type Provider } from './presets.ts';
import { newSecrets } from './protocol.ts';
import { type ProviderInput, readProvider } from './provider.input.ts';
import { UpstreamLink, UpstreamProvider, type UpstreamProviderRow } from './upstream.entity.ts';
import { ONLY_WAY } from './ways-in.ts';

const MANAGE = 'identity.upstream.manage';
/** Providers of one tenant. */
const MAX_PROVIDERS = 20;

/** Binds the envelope of a secret to its row. */
export const secretPlace = (id: string) => `upstream_provider.sealed_secret.${id}`;

/** Where a provider sends people back; an address for each, so that what one of them answers is never taken for another's. */
export const redirectUriOf = ({ oidc }: Pick<Context, 'oidc'>, key: string) =>
  `${oidc.publicUrl}/account/upstream/${key}`;

function asProvider({ secrets }: Context, row: UpstreamProviderRow): Provider {
  const { id, name, issuer, clientId, tenantId, scopes, claims, allowedDomains, sealedSecret } = row;
  const clientSecret = secrets.open(sealedSecret, secretPlace(id));
  return {
    key: id,
    name,
    tenantId,
    issuer,
    clientId,
    clientSecret,
    scopes,
    claims: { ...OIDC_CLAIMS, ...claims },
    allowedDomains,
    fixed: null,
  };
}

/** The provider by which somebody wants to sign in at the tenant of the request. Throws NotFound. */
export async function providerBy(ctx: Context, key: string): Promise<Provider> {
  const preset = ctx.presets.get(key);
  if (preset) return preset;
  const { tenantId } = ctx.request;
  const where = [{ id: key, tenantId, enabled: true }];
  const row = tenantId && isUuid(key) ? await readRow(ctx.em.fork(), UpstreamProvider, { where }) : null;
  if (!row) throw new NotFound('The provider');
  return asProvider(ctx, row);
}

/** Providers by which people sign in at the tenant of the request: its own first. */
export async function offered(ctx: Context): Promise<{ key: string; name: string }[]> {
  const { tenantId } = ctx.request;
  if (!tenantId) return [];
  const where = [{ tenantId, enabled: true }];
  const order = [{ column: 't.id', direction: 'asc' as const }];
  const own = await readRows(ctx.em, UpstreamProvider, { where, order, limit: MAX_PROVIDERS });
  return [...own.map(({ id: key, name }) => ({ key, name })), ...ctx.presets.values()].map(({ key, name }) => ({
    key,
    name,
  }));
}

/** Providers of the tenant of the request, for those who look after them. Throws FORBIDDEN. */
export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<UpstreamProviderRow>> {
  const { tenantId } = ctx.request;
  if (!tenantId || !(await may(ctx, MANAGE))) throw new Forbidden();
  return pageOf(ctx.em, UpstreamProvider, {
    list: 'upstream-providers',
    args,
    order: oldestFirst,
    where: [{ tenantId }],
  });
}

async function assertManages(ctx: Context): Promise<string> {
  const { tenantId } = ctx.request;
  if (ctx.viewer.scopes !== null || !tenantId || !(await mayNow(ctx, MANAGE))) throw new Forbidden();
  return tenantId;
}

/** Throws InvalidInput unless an OpenID Connect provider answers there. */
async function assertAnswers(ctx: Context, provider: Provider): Promise<void> {
  const visit = { redirectUri: redirectUriOf(ctx, provider.key), state: 'probe', secrets: newSecrets() };
  await ctx.upstreams.address(provider, visit).catch((cause: unknown) => {
    ctx.log.info({ err: cause }, 'a provider that was named does not answer as one');
    throw new InvalidInput({ issuer: 'does not answer as an OpenID Connect provider' });
  });
}

/** Lets people sign in at the tenant by a provider of its choice. */
export async function create(ctx: Context, input: ProviderInput): Promise<UpstreamProvider> {
  const { clientSecret, ...given } = readProvider(input);
  const tenantId = await assertManages(ctx);
  const { name, issuer, clientId } = given;
  if (!name || !issuer || !clientId || !clientSecret)
    throw new InvalidInput({ input: 'lacks name, issuer, client id or secret' });
  const [id, now] = [uuidv7(), ctx.clock.now()];
  const row = {
    ...{ id, createdAt: now, updatedAt: now, tenantId, name, issuer, clientId, createdBy: viewerIdOf(ctx) },
    sealedSecret: ctx.secrets.seal(clientSecret, secretPlace(id)),
    scopes: given.scopes ?? ['openid', 'profile', 'email'],
    claims: given.claims ?? { email: 'email', name: 'name', username: 'preferred_username' },
    allowedDomains: given.allowedDomains ?? [],
    enabled: given.enabled ?? true,
  };
  await assertAnswers(ctx, asProvider(ctx, row));
  return write(ctx, async (tx) => {
    // Whoever adds several at once adds them one after the other.
    await tx.execute('select 1 from tenant where id = ? for update', [tenantId]);
    if ((await tx.count(UpstreamProvider, { tenantId })) >= MAX_PROVIDERS)
      throw new Conflict(`A tenant has at most ${MAX_PROVIDERS} providers.`);
    record(tx, ctx, { type: 'upstream_provider_created', userId: null, data: { providerId: id, issuer } });
    return tx.create(UpstreamProvider, row);
  });
}

/** Changes a provider; never issuer or client id, or those whom it spoke of would be others. Throws FORBIDDEN, NOT_FOUND. */
export async function update(
  ctx: Context,
  id: string,
  input: Omit<ProviderInput, 'issuer' | 'clientId'>,
): Promise<UpstreamProvider> {
  const { clientSecret, ...changes } = readProvider(input);
  const tenantId = await assertManages(ctx);
  if (!isUuid(id)) throw new NotFound('The provider');
  return write(ctx, async (tx) => {
    const provider = await tx.findOne(UpstreamProvider, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!provider) throw new NotFound('The provider');
    const sealed = clientSecret && { sealedSecret: ctx.secrets.seal(clientSecret, secretPlace(id)) };
    Object.assign(provider, changes, sealed, { updatedAt: ctx.clock.now() });
    const fields = [...Object.keys(changes), ...(clientSecret ? ['clientSecret'] : [])];
    record(tx, ctx, { type: 'upstream_provider_updated', userId: null, data: { providerId: id, fields } });
    return provider;
  });
}

/** Deletes a provider with all that is linked to it. Throws CONFLICT while somebody has no other way in. */
export async function remove(ctx: Context, id: string): Promise<UpstreamProvider> {
  const tenantId = await assertManages(ctx);
  if (!isUuid(id)) throw new NotFound('The provider');
  return write(ctx, async (tx) => {
    const provider = await tx.findOne(UpstreamProvider, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!provider) throw new NotFound('The provider');
    const [stranded] = await tx.execute<{ count: number }[]>(ONLY_WAY, [id]);
    if (stranded && stranded.count > 0)
      throw new Conflict('Some accounts have no other way in. Stop the provider instead.', {
        accounts: stranded.count,
      });
    await tx.nativeDelete(UpstreamLink, { provider: id });
    tx.remove(provider);
    record(tx, ctx, {
      type: 'upstream_provider_deleted',
      userId: null,
      data: { providerId: id, issuer: provider.issuer },
    });
    return provider;
  });
}
