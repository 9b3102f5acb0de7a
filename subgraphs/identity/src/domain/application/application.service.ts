import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { readRow } from '@polity/kernel/db/rows';
import { readNeededReason } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Conflict, Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import type { Decision } from '../../mails/mails.ts';
import { record } from '../audit/audit.service.ts';
import { isMember } from '../membership/membership.service.ts';
import { endForClient } from '../oidc-payload/oidc-payload.service.ts';
import { viewerIdOf } from '../viewer-rights.ts';
import { changeDetails, insertNew, type RegisterInput, readNew } from './application.changes.ts';
import {
  Application,
  type ApplicationRow,
  ApplicationSecret,
  type ApplicationStatus,
  type Ruling,
} from './application.entity.ts';
import { type ApplicationInput, assertFitsKind, readApplication } from './application.input.ts';
import { tellOfWaiting, tellOwner } from './application.notices.ts';
import { beyondDecider, canChange, canDecide, givenBy, seesDetails } from './application.policy.ts';
import { issueSecret, MAX_OVERLAP_HOURS, retireSecrets } from './application-secret.service.ts';

/** Applications that one person may register per hour. */
const PER_HOUR = 20;

export interface Registered {
  application: Application;
  /** Shown once; null for an application that cannot keep one. */
  secret: string | null;
}

/** Throws Forbidden for a token of an application or script: what it may do must not be widened by itself. */
function assertOwnSession({ viewer }: Context): void {
  if (viewer.scopes !== null) throw new Forbidden('Sign in yourself to do this.');
}

/**
 * The application, held until the transaction ends, so that a change and a decision never cross. One that is hidden is refused after the same
 * statements as one that is missing, and is not held.
 */
async function load(ctx: Context, id: string, tx: EntityManager): Promise<Application> {
  const { tenantId } = ctx.request;
  if (!tenantId || !isUuid(id)) throw new NotFound('Application');
  const authorizer = await ctx.access.authorizer();
  const found = await tx.findOne(Application, { tenantId, id });
  if (!found || !seesDetails(ctx.viewer, authorizer, found)) throw new NotFound('Application');
  const held = await tx.refresh(found, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!held) throw new NotFound('Application');
  return held;
}

/** Registers an application of the request's tenant; it can do nothing until it is approved. */
export async function register(ctx: Context, input: RegisterInput): Promise<Registered> {
  const userId = viewerIdOf(ctx);
  const { tenantId } = ctx.request;
  assertOwnSession(ctx);
  const given = readNew(input, await ctx.oidc.scopes());
  await ctx.throttle.limit('register-application', userId, PER_HOUR);
  return write(ctx, async (tx) => {
    if (!tenantId || !(await isMember({ em: tx, request: ctx.request }, userId)))
      throw new Forbidden('Only members of a tenant register applications there.');
    const application = insertNew(tx, ctx, given, { tenantId, createdBy: userId });
    record(tx, ctx, { type: 'application_registered', userId, data: { applicationId: application.id } });
    await tellOfWaiting(tx, ctx, application);
    await tx.flush();
    return { application, secret: given.confidential ? issueSecret(tx, ctx, application) : null };
  });
}

/** Changes an application. What its administrators looked at is looked at again, unless one of them makes the change. */
export async function update(ctx: Context, id: string, input: ApplicationInput): Promise<Application> {
  assertOwnSession(ctx);
  const details = readApplication(input, await ctx.oidc.scopes());
  return write(ctx, async (tx) => {
    const application = await load(ctx, id, tx);
    const authorizer = await ctx.access.fresh();
    if (!canChange(ctx.viewer, authorizer, application)) throw new Forbidden();
    assertFitsKind(application.confidential, details);
    const decides = canDecide(authorizer.quiet, application);
    const other = changeDetails(application, details, { at: ctx.clock.now(), decides });
    if (other) await tellOfWaiting(tx, ctx, application);
    record(tx, ctx, {
      type: 'application_updated',
      userId: application.createdBy,
      data: { applicationId: id, fields: Object.keys(details) },
    });
    return application;
  });
}

/** Gives a new secret; the former one stays good for `overlapHours`, so that it can be exchanged without a gap. */
export async function rotateSecret(ctx: Context, id: string, overlapHours: number): Promise<Registered> {
  assertOwnSession(ctx);
  if (overlapHours < 0 || overlapHours > MAX_OVERLAP_HOURS)
    throw new InvalidInput({ overlapHours: `must be between 0 and ${MAX_OVERLAP_HOURS}` });
  return write(ctx, async (tx) => {
    const application = await load(ctx, id, tx);
    if (!canChange(ctx.viewer, await ctx.access.fresh(), application)) throw new Forbidden();
    if (!application.confidential) throw new Conflict('This application keeps no secret.');
    await retireSecrets(tx, ctx, application, overlapHours);
    record(tx, ctx, { type: 'application_secret_rotated', userId: application.createdBy, data: { applicationId: id } });
    return { application, secret: issueSecret(tx, ctx, application) };
  });
}

/** Whose an application of the tenant is, and what it may do, for another part of Polity. */
export async function findForService(ctx: Context, id: string) {
  const { tenantId } = ctx.request;
  if (!tenantId) return null;
  const found = await readRow(ctx.em, Application, { where: [{ tenantId, id }] });
  return found && { id: found.id, ownerId: found.createdBy, status: found.status };
}

const VERDICTS = {
  application_approved: 'approved',
  application_rejected: 'refused',
  application_disabled: 'stopped',
} as const satisfies Record<string, Decision>;

async function decideOn(
  ctx: Context,
  id: string,
  type: keyof typeof VERDICTS,
  act: (application: Application, ruling: Ruling, authorizer: Authorizer) => void,
): Promise<Application> {
  const by = viewerIdOf(ctx);
  assertOwnSession(ctx);
  const decided = await write(ctx, async (tx) => {
    const application = await load(ctx, id, tx);
    const authorizer = await ctx.access.fresh();
    if (!canDecide(authorizer, application)) throw new Forbidden();
    act(application, { by, at: ctx.clock.now() }, authorizer);
    if (application.status !== 'APPROVED') await endForClient(tx, id);
    const data = { applicationId: id, scopes: application.approvedScopes, reason: application.rejectionReason };
    record(tx, ctx, { type, userId: application.createdBy, data });
    return application;
  });
  // Also after an approval: what the application may no longer ask for is gone from its tokens.
  await ctx.tokensEnded();
  await tellOwner(ctx, decided, VERDICTS[type]);
  return decided;
}

/** Lets an application work as it asks to at this moment. Throws Conflict where that is not what was looked at, by its `version`. */
export async function approve(ctx: Context, id: string, version?: string | null): Promise<Application> {
  return decideOn(ctx, id, 'application_approved', (application, ruling, authorizer) => {
    if (version != null && version !== application.version)
      throw new Conflict('This application asks for something else by now. Look at it again.');
    const missing = beyondDecider(authorizer, application);
    if (missing.length > 0) throw new Forbidden('This application wants for itself what you do not hold.', { missing });
    application.approve(ruling, givenBy(authorizer, application));
  });
}

/** Refuses an application; what it held already ends. */
export async function reject(ctx: Context, id: string, reason: string): Promise<Application> {
  const text = readNeededReason(reason);
  return decideOn(ctx, id, 'application_rejected', (application, ruling) => application.reject(text, ruling));
}

/** Stops an application at once: its next request is refused, and everything that it held is gone. */
export async function disable(ctx: Context, id: string): Promise<Application> {
  return decideOn(ctx, id, 'application_disabled', (application, ruling) => application.disable(ruling));
}

/** Deletes an application with its secrets and all that it holds, and returns it as it was. Of several at once the one that deletes the row answers it. */
export async function remove(ctx: Context, id: string): Promise<Application> {
  assertOwnSession(ctx);
  const removed = await writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const application = await load(ctx, id, tx);
    if (!canChange(ctx.viewer, authorizer, application)) throw new Forbidden();
    const { tenantId, name, createdBy } = application;
    await endForClient(tx, id);
    await tx.nativeDelete(ApplicationSecret, { tenantId, applicationId: id });
    await tx.nativeDelete(Application, { tenantId, id });
    record(tx, ctx, { type: 'application_deleted', userId: createdBy, data: { applicationId: id, name } });
    return application;
  });
  await ctx.tokensEnded();
  await tellOwner(ctx, removed, 'deleted');
  return removed;
}

/** All applications of the tenant for those who look after them, and their own for everybody else; newest first. */
export async function list(
  ctx: Context,
  status: ApplicationStatus | null | undefined,
  args: ConnectionArgs,
): Promise<Connection<ApplicationRow>> {
  const { tenantId } = ctx.request;
  const all = (await ctx.access.authorizer()).quiet.mayAtTenant('identity.application.read');
  const where = { tenantId, status: status ?? undefined, createdBy: all ? undefined : viewerIdOf(ctx) };
  if (!tenantId) throw new Forbidden();
  return pageOf(ctx.em, Application, { list: 'applications', args, order: newestFirst, where });
}

/** The value, for those who may see the details of this application; null for others. */
export async function detail<Value>(
  ctx: Context,
  application: ApplicationRow,
  value: () => Value | Promise<Value>,
): Promise<Value | null> {
  if (!ctx.viewer.id) return null;
  return seesDetails(ctx.viewer, (await ctx.access.authorizer()).quiet, application) ? value() : null;
}

/** Permissions that the application would get for itself if the viewer approved it now; null for those who may not approve it. */
export async function offered(ctx: Context, application: ApplicationRow): Promise<string[] | null> {
  const { quiet } = await ctx.access.authorizer();
  return ctx.viewer.kind === 'user' && canDecide(quiet, application) ? givenBy(quiet, application) : null;
}
