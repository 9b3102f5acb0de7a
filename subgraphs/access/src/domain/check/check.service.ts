import { type AccessCheck, type Decision, decideEach } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import { covers, formatStamp, maxStamp, parseStamp, type Stamp } from '@polity/kernel/access/stamp';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { canReadBindings } from '../binding/binding.policy.ts';
import { lookedUp } from '../user.ts';

/** A decision with the words of its permission, so that answering costs no statement. */
export interface Answer extends Decision {
  description: string;
}

const MAX_CHECKS = 100;

/** Answers for the viewer, in the order of the checks. Throws InvalidInput beyond 100 of them. */
export async function canEach(
  ctx: Context,
  checks: readonly AccessCheck[],
  atLeast?: string | null,
): Promise<Answer[]> {
  mustBeFew(checks);
  const wanted = readVersion(atLeast);
  const set = await ctx.access.set();
  return logged(ctx, ctx.viewer.id, answers(await notOlder(ctx, set, wanted), checks, ctx.clock.nowMs()));
}

/** Answers about another user. Throws FORBIDDEN unless the viewer may read bindings at the tenant or at every scope asked about. */
export async function checkEach(
  ctx: Context,
  { userId, checks, atLeast }: { userId: string; checks: readonly AccessCheck[]; atLeast?: string | null },
): Promise<Answer[]> {
  if (userId === ctx.viewer.id) return canEach(ctx, checks, atLeast);
  mustBeFew(checks);
  const wanted = readVersion(atLeast);
  const [tenantId, nowMs] = [tenantOf(ctx), ctx.clock.nowMs()];
  const own = await ctx.access.asker();
  const everywhere = canReadBindings(own.quiet, { type: 'TENANT', id: tenantId });
  if (!everywhere && !checks.every(({ scope }) => canReadBindings(own, scope))) throw new Forbidden();
  const subject = lookedUp(userId);
  const set = await ctx.reader.load(tenantId, subject, await ctx.reader.stamp(tenantId, subject));
  return logged(ctx, userId, answers(await notOlder(ctx, set, wanted), checks, nowMs));
}

function mustBeFew(checks: readonly AccessCheck[]): void {
  if (checks.length > MAX_CHECKS) throw new InvalidInput({ checks: `holds more than ${MAX_CHECKS} questions` });
}

function logged(ctx: Context, subjectId: string | null, given: Answer[]): Answer[] {
  const { requestId, viewer } = ctx.request;
  ctx.decisions.note(given, {
    at: ctx.clock.now(),
    tenantId: tenantOf(ctx),
    subjectId,
    requestId,
    askedBy: viewer.id,
  });
  return given;
}

export async function can(ctx: Context, check: AccessCheck, atLeast?: string | null): Promise<Answer | null> {
  const [answer] = await canEach(ctx, [check], atLeast);
  return answer ?? null;
}

export function answers(set: AccessSet, checks: readonly AccessCheck[], nowMs: number): Answer[] {
  const { descriptions } = set.catalogue;
  return decideEach(set, checks, nowMs).map((decision) => ({
    ...decision,
    description: descriptions.get(decision.permission) ?? '',
  }));
}

export function readVersion(atLeast: string | null | undefined): Stamp | null {
  if (!atLeast) return null;
  try {
    return parseStamp(atLeast);
  } catch {
    throw new InvalidInput({ atLeast: 'is not a version' });
  }
}

/** The set, or one read now where it has not seen this version; the database is never behind what was acknowledged. */
export async function notOlder(ctx: Context, set: AccessSet, wanted: Stamp | null): Promise<AccessSet> {
  const seen = parseStamp(set.stamp);
  if (!wanted || !set.subjectId || covers(seen, wanted)) return set;
  return ctx.reader.load(tenantOf(ctx), set.subjectId, formatStamp(maxStamp(seen, wanted)));
}

/** Version of what is known about a user now; null for viewers who may not read their bindings. */
export async function versionOf(ctx: Context, userId: string): Promise<string | null> {
  const tenantId = tenantOf(ctx);
  const isSelf = ctx.viewer.kind === 'user' && ctx.viewer.id === userId;
  if (!isSelf && !canReadBindings((await ctx.access.asker()).quiet, { type: 'TENANT', id: tenantId })) return null;
  return ctx.reader.stamp(tenantId, lookedUp(userId));
}
