import type { EntityManager } from '@mikro-orm/postgresql';
import { peopleShown } from '@polity/kernel/access/blocks';
import { readRow } from '@polity/kernel/db/rows';
import { change, checked, told } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { type ClaimedUpload, keepUpload } from '@polity/kernel/files/request-files';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import { uuidv7 } from '@polity/kernel/ids';
import { addressBlock } from '@polity/kernel/request/address-block';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { type InterfaceLanguage, interfaceLanguages } from '../../interface-language.ts';
import { record } from '../audit/audit.service.ts';
import { Membership, type MembershipRow } from '../membership/membership.entity.ts';
import { bindMember, isMember } from '../membership/membership.service.ts';
import { addMember } from '../membership/membership.write.ts';
import { assertReaches, may, mayNow, viewerIdOf } from '../viewer-rights.ts';
import { type SignUpPolicy, signUpPolicies, Tenant, type TenantChanges, type TenantRow } from './tenant.entity.ts';
import { slugErrors } from './tenant.errors.ts';
import { slugProblem, tenantNameProblem } from './tenant.slug.ts';

// Anything else cannot be stored, so it need not be asked for; U+0000 would even be an error of the database.
const SLUG_SHAPE = /^[a-z0-9-]{1,63}$/i;
const COLOUR = /^#[0-9a-f]{6}$/;
/** Tenants that one person may create per hour. */
const TENANTS_PER_HOUR = 10;
/** The same for one address block, so that many accounts are no way around it. */
const TENANTS_PER_NETWORK = 100;

export interface TenantInput {
  slug?: string | null | undefined;
  name?: string | null | undefined;
  signUpPolicy?: SignUpPolicy | null | undefined;
  mfaRequired?: boolean | null | undefined;
  emailCodes?: boolean | null | undefined;
  accentColor?: string | null | undefined;
  language?: InterfaceLanguage | null | undefined;
}

/** What may be changed later. */
interface TenantUpdate extends TenantInput {
  /** Token of an upload. */
  logo?: string | null | undefined;
}

const schema = z.object({
  slug: change(told(z.string().trim().toLowerCase(), slugProblem)),
  name: change(told(z.string().trim(), tenantNameProblem)),
  signUpPolicy: change(z.enum(signUpPolicies)),
  mfaRequired: change(z.boolean()),
  language: z.enum(interfaceLanguages).nullish(),
  emailCodes: change(z.boolean()),
  accentColor: z.string().toLowerCase().regex(COLOUR, 'must be a colour such as #1f5fbf').nullish(),
});

/** The tenant with this slug, or that of the request; null where there is none. */
export async function find(ctx: Context, slug: string | null | undefined): Promise<TenantRow | null> {
  if (slug) return SLUG_SHAPE.test(slug) ? readRow(ctx.em, Tenant, { where: [{ slug: slug.toLowerCase() }] }) : null;
  return ctx.request.tenantId ? ctx.loaders.tenantById.load(ctx.request.tenantId) : null;
}

/** A tenant for another part of Polity, by slug or by id. */
export async function findForService(
  ctx: Context,
  by: { slug?: string | null | undefined; id?: string | null | undefined },
): Promise<TenantRow | null> {
  return by.id ? ctx.loaders.tenantById.load(by.id) : find(ctx, by.slug);
}

/** Makes a tenant whose first member and owner is the viewer. */
export async function create(ctx: Context, input: TenantInput & { slug: string; name: string }): Promise<Tenant> {
  const userId = viewerIdOf(ctx);
  assertReaches(ctx, null);
  const {
    signUpPolicy = 'INVITATION',
    mfaRequired = false,
    accentColor = null,
    language = null,
    slug = '',
    name = '',
  } = checked(schema, input);
  await ctx.throttle.limit('create-tenant', userId, TENANTS_PER_HOUR);
  const { address } = ctx.request;
  if (address) await ctx.throttle.limit('create-tenant', addressBlock(address), TENANTS_PER_NETWORK);
  const id = uuidv7();
  const now = ctx.clock.now();
  const found = async (tx: EntityManager) => {
    const tenant = tx.create(Tenant, {
      id,
      createdAt: now,
      updatedAt: now,
      slug,
      name,
      signUpPolicy,
      mfaRequired,
      emailCodes: false,
      accentColor,
      language,
      createdBy: userId,
      logoFile: null,
    });
    record(tx, ctx, { type: 'tenant_created', userId, tenantId: id });
    await recordEvent(tx, ctx, 'identity.tenant.created', {
      subject: id,
      tenantId: id,
      data: { tenantId: id, ownerId: userId },
    });
    await addMember(tx, ctx, { tenantId: id, userId, roleKey: 'tenant.owner' });
    return tenant;
  };
  const tenant = await write(ctx, found, slugErrors);
  await bindMember(ctx, { tenantId: id, userId }, 'tenant.owner');
  return tenant;
}

/** The picture that an upload brought; null clears it, and absent leaves it. */
async function logoOf(ctx: Context, token: string | null | undefined): Promise<ClaimedUpload | null | undefined> {
  return typeof token === 'string' ? ctx.files.claim(token, 'IMAGE') : token;
}

/** Changes the tenant of the request. Throws FORBIDDEN, VALIDATION_ERROR, ALREADY_EXISTS, TOKEN_INVALID. */
export async function update(ctx: Context, { logo: token, ...input }: TenantUpdate): Promise<Tenant> {
  const changes: TenantChanges = checked(schema, input);
  const id = ctx.request.tenantId;
  if (!id || !(await mayNow(ctx, 'identity.tenant.update'))) throw new Forbidden();
  const logo = await logoOf(ctx, token);
  if (logo !== undefined) changes.logoFile = logo?.name ?? null;
  const change = async (tx: EntityManager) => {
    if (logo) await keepUpload(tx, logo, ctx.clock.now());
    const tenant = await tx.findOneOrFail(Tenant, id);
    tenant.change(changes, ctx.clock.now());
    record(tx, ctx, { type: 'tenant_updated', userId: null, data: { fields: Object.keys(changes) } });
    await recordEvent(tx, ctx, 'identity.tenant.updated', { subject: id, tenantId: id, data: { tenantId: id } });
    return tenant;
  };
  return write(ctx, change, slugErrors);
}

/** Members of the tenant of the request, for its members; null for everybody else. */
export async function members(
  ctx: Context,
  tenant: TenantRow,
  args: ConnectionArgs,
): Promise<Connection<MembershipRow> | null> {
  if (tenant.id !== ctx.request.tenantId || !ctx.viewer.id) return null;
  const administers = await may(ctx, 'identity.user.read');
  if (!administers && !(await isMember(ctx, ctx.viewer.id))) return null;
  const where = [
    { tenantId: tenant.id, status: 'ACTIVE' },
    peopleShown(await ctx.access.authorizer(), 't.user_id', administers),
  ];
  return pageOf(ctx.em, Membership, { list: 'tenant-members', args, order: oldestFirst, where });
}
