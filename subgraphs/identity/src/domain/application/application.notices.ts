import type { EntityManager } from '@mikro-orm/postgresql';
import { readRow, readRows } from '@polity/kernel/db/rows';
import type { OpenContext } from '@polity/kernel/graph/subgraph';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import type { Decision } from '../../mails/mails.ts';
import { readerOf } from '../../mails/reader.ts';
import type { Ports } from '../../ports.ts';
import { MAILS_PER_HOUR } from '../account/sign-up.service.ts';
import { User } from '../user/user.entity.ts';
import { Application } from './application.entity.ts';

const WAITS = 'application-waits';
/** Administrators who are told of one application. */
const MAX_TOLD = 50;
/** How often an hour they are told of the same one, however often it changes. */
const PER_HOUR = 3;

const ABLE = `query Able($scope: ScopeInput!, $permission: String!, $first: Int!) {
  _members(scope: $scope, permission: $permission, first: $first) }`;

/** Has the administrators told that an application waits for them, once this transaction has committed. */
export function tellOfWaiting(tx: EntityManager, { clock }: Pick<Context, 'clock'>, application: Application) {
  const { id: key, tenantId } = application;
  return enqueueJob(tx, { job: WAITS, key, tenantId, at: clock.now() });
}

/** Addresses of those who may approve applications of the tenant. */
async function administrators(ctx: Context, tenantId: string): Promise<string[]> {
  const scope = { type: 'TENANT', id: tenantId };
  const asked = { scope, permission: 'identity.application.manage', first: MAX_TOLD };
  const { _members: ids } = await ctx.services.call<{ _members: string[] }>('access', ABLE, asked);
  const found = await readRows(ctx.em, User, { where: [{ id: ids, status: 'ACTIVE' }], limit: MAX_TOLD });
  return found.flatMap(({ email }) => email ?? []);
}

/** Tells those who may decide, as long as there is something to decide. */
async function tellAdministrators(ctx: Context, tenantId: string, id: string): Promise<number> {
  const application = await readRow(ctx.em, Application, { where: [{ tenantId, id }] });
  if (!application?.waits) return 0;
  if (!(await ctx.throttle.within('application-waits', id, PER_HOUR))) return 0;
  const told = await administrators(ctx, tenantId);
  for (const to of told) {
    const reader = await readerOf(ctx, to, 'another');
    ctx.mailer.send(ctx.mails.applicationWaits(reader, application.name));
  }
  return told.length;
}

/** The mail to administrators is a job, since whom to tell is access's to say. */
export const applicationWaits: JobDefinition<Ports, Context> = {
  name: WAITS,
  async run({ key, tenantId }, _runtime, _ports, open: OpenContext<Context>) {
    if (!tenantId) throw new TypeError(`${WAITS} is a job of a tenant`);
    return { told: await tellAdministrators(open(serviceRequest('identity', tenantId)), tenantId, key) };
  },
};

/** Tells whoever registered the application what somebody else did with it. */
export async function tellOwner(ctx: Context, application: Application, decision: Decision): Promise<void> {
  const { createdBy, name, rejectionReason } = application;
  if (ctx.viewer.id === createdBy) return;
  const owner = await readRow(ctx.em, User, { where: [{ id: createdBy, status: 'ACTIVE' }] });
  if (!owner?.email || !(await ctx.throttle.within('mail', owner.email, MAILS_PER_HOUR))) return;
  const reader = await readerOf(ctx, owner.email, 'another');
  ctx.mailer.send(ctx.mails.applicationDecided(reader, name, decision, rejectionReason ?? null));
}
