import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordMirrored } from '@polity/kernel/access/mirrored';
import { StartError } from '@polity/kernel/config/start-error';
import { recordEvent } from '@polity/kernel/events/outbox';
import { uuidv7 } from '@polity/kernel/ids';
import { mirrors } from '../../mirrors.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { slugProblem, tenantNameProblem } from '../tenant/tenant.slug.ts';
import { hashOf } from '../token/token.service.ts';
import { emailProblem, normalEmail } from '../user/user.names.ts';
import { Invitation } from './invitation.entity.ts';

const LIFE_MS = 24 * 3600 * 1000;

export interface FirstInvitation {
  slug: string;
  /** Name of the tenant, if it is to be made. */
  name: string;
  email: string | null;
  now: Date;
}

async function tenantFor(tx: EntityManager, { slug, name, now }: FirstInvitation): Promise<string> {
  const known = await tx.findOne(Tenant, { slug });
  if (known) return known.id;
  const id = uuidv7();
  tx.create(Tenant, {
    id,
    createdAt: now,
    updatedAt: now,
    slug,
    name,
    signUpPolicy: 'INVITATION',
    mfaRequired: false,
    accentColor: null,
    language: null,
    createdBy: null,
  });
  await tx.flush();
  const event = {
    type: 'identity.tenant.created',
    subject: id,
    tenantId: id,
    actorId: null,
    data: { tenantId: id, ownerId: null },
  };
  await recordEvent(tx, event);
  await recordMirrored(tx, mirrors, event);
  return id;
}

/**
 * Invites the first owner of a tenant, which is made if it does not exist; for whoever can run commands on the installation. The token is
 * good once, for 24 hours. Throws StartError for names that cannot be.
 */
export async function inviteOwner(
  em: (tenantId: string | null) => EntityManager,
  input: FirstInvitation,
): Promise<string> {
  const email = input.email ? normalEmail(input.email) : null;
  const problem = slugProblem(input.slug) ?? tenantNameProblem(input.name) ?? (email ? emailProblem(email) : null);
  if (problem) throw new StartError(`Tenant, name or address ${problem}.`);
  const tenantId = await em(null).transactional((tx) => tenantFor(tx, input));
  const token = `polity_in_${randomBytes(32).toString('base64url')}`;
  await em(tenantId).transactional(async (tx) => {
    tx.create(Invitation, {
      id: uuidv7(),
      createdAt: input.now,
      tenantId,
      tokenHash: hashOf(token),
      email,
      maxUses: 1,
      uses: 0,
      expiresAt: new Date(input.now.getTime() + LIFE_MS),
      roleKey: 'tenant.owner',
      communityId: null,
      createdBy: null,
      revokedAt: null,
    });
  });
  return token;
}
