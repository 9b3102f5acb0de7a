import { never, type Sql, sql } from '@polity/kernel/db/sql';
import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy, rowsBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { Application, ApplicationSecret } from './application/application.entity.ts';
import { Membership } from './membership/membership.entity.ts';
import { Tenant } from './tenant/tenant.entity.ts';
import { User } from './user/user.entity.ts';
import { seenUser } from './user/user.visibility.ts';

const TENANT_SEEN = `(t.id = ?::uuid or exists (
  select 1 from tenant_membership m where m.tenant_id = t.id and m.user_id::text = ? and m.status = 'ACTIVE'))`;

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export function makeLoaders(ctx: BaseContext) {
  const { em, viewer, request, clock } = ctx;
  const { tenantId } = request;
  const unlimited = viewer.kind === 'service' || viewer.flags.includes('SYSTEM_ADMIN');
  const seen = (condition: () => Sql | Promise<Sql>) => async () => ({ where: unlimited ? [] : [await condition()] });
  const ofTenant = tenantId ? { tenantId } : never;
  return {
    userById: rowBy(
      em,
      User,
      'id',
      seen(() => seenUser(ctx)),
    ),
    /** The request's own, and those to which the viewer belongs. */
    tenantById: rowBy(
      em,
      Tenant,
      'id',
      seen(() => sql(TENANT_SEEN, tenantId, viewer.id ?? '')),
    ),
    /** In all their tenants; the policy of the table shows them to the person only. */
    membershipsOfUser: rowsBy(em, Membership, 'userId', () => ({
      order: [
        { column: 't.joined_at', direction: 'asc' },
        { column: 't.id', direction: 'asc' },
      ],
    })),
    applicationById: rowBy(em, Application, 'id', () => ({ where: [ofTenant] })),
    /** Live ones. */
    secretsOfApplication: rowsBy(em, ApplicationSecret, 'applicationId', () => ({
      where: [ofTenant, sql('t.expires_at > ?', clock.now())],
      order: [{ column: 't.id', direction: 'asc' }],
    })),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
