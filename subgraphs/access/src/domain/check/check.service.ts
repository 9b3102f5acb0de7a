import { type AccessCheck, type Decision, type DecisionReason, decide, decideEach } from '@polity/kernel/access/decide';
import type { SentDecision } from '@polity/kernel/access/decision-sender';
import type { AccessSet } from '@polity/kernel/access/set';
import { covers, formatStamp, maxStamp, parseStamp, VersionNotReached } from '@polity/kernel/access/stamp';
import { reachesPermission } from '@polity/kernel/access/token-scopes';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import type { Viewer } from '@polity/kernel/request/context';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { canReadBindings } from '../binding/binding.policy.ts';
import { lookedUp } from '../user.ts';
import { readVersion, shownVersion } from './shown-version.ts';

/** A decision with the words of its permission, so that answering costs no statement, and its version as clients keep it. */
export interface Answer extends Omit<Decision, 'reason'> {
  reason: DecisionReason | 'OUT_OF_SCOPE';
  description: string;
  shownVersion: string;
}

const MAX_CHECKS = 100;

/** Answers for the viewer, in the order of the checks. Throws InvalidInput beyond 100 of them. */
export async function canEach(
  ctx: Context,
  checks: readonly AccessCheck[],
  atLeast?: string | null,
): Promise<Answer[]> {
  mustBeFew(checks);
  const set = await notOlder(ctx, await ctx.access.set(), atLeast);
  const nowMs = ctx.clock.nowMs();
  const given = logged(ctx, ctx.viewer.id, answers(set, checks, nowMs));
  return given.map((answer) => asToldTo(ctx.viewer, set, answer, nowMs));
}

/**
 * The answer as the viewer is told it: what their access token does not reach is refused whatever they hold, and a scope that is missing as one where
 * they hold nothing, because scopes that are hidden from them answer so. System administrators see every scope, and are told which is missing.
 */
function asToldTo({ scopes }: Viewer, set: AccessSet, answer: Answer, nowMs: number): Answer {
  const nothing = { allowed: false, roleId: null, bindingId: null, overrideId: null };
  if (answer.allowed && scopes !== null && !reachesPermission(scopes, answer.permission))
    return { ...answer, ...nothing, reason: 'OUT_OF_SCOPE' };
  if (answer.reason !== 'UNKNOWN' || !set.catalogue.bits.has(answer.permission)) return answer;
  const { allowed, reason } = decide(set, answer.permission, { type: 'TENANT', id: set.tenantId }, nowMs);
  if (reason === 'SYSTEM_ADMIN') return answer;
  return { ...answer, ...nothing, reason: allowed ? 'NO_GRANT' : reason };
}

/** Answers about another user. Throws FORBIDDEN unless the viewer may read bindings at the tenant or at every scope asked about. */
export async function checkEach(
  ctx: Context,
  { userId, checks, atLeast }: { userId: string; checks: readonly AccessCheck[]; atLeast?: string | null },
): Promise<Answer[]> {
  if (userId === ctx.viewer.id) return canEach(ctx, checks, atLeast);
  mustBeFew(checks);
  const [tenantId, nowMs] = [tenantOf(ctx), ctx.clock.nowMs()];
  const own = await ctx.access.authorizer();
  const everywhere = canReadBindings(own.quiet, { type: 'TENANT', id: tenantId });
  if (!everywhere && !checks.every(({ scope }) => canReadBindings(own, scope))) throw new Forbidden();
  const subject = lookedUp(userId);
  const set = await ctx.reader.load(tenantId, subject, await ctx.reader.stamp(tenantId, subject));
  return logged(ctx, userId, answers(await notOlder(ctx, set, atLeast), checks, nowMs));
}

function mustBeFew(checks: readonly AccessCheck[]): void {
  if (checks.length > MAX_CHECKS) throw new InvalidInput({ checks: `holds more than ${MAX_CHECKS} questions` });
}

function logged<Given extends Decision>(ctx: Context, subjectId: string | null, given: Given[]): Given[] {
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

function answers(set: AccessSet, checks: readonly AccessCheck[], nowMs: number) {
  const { descriptions } = set.catalogue;
  return decideEach(set, checks, nowMs).map((decision) => ({
    ...decision,
    description: descriptions.get(decision.permission) ?? '',
    shownVersion: shownVersion(set, decision.version),
  }));
}

/**
 * The set, or one read now where it has not seen this version. Throws InvalidInput for what is no version of it, VersionNotReached where the
 * database has not seen it either.
 */
async function notOlder(ctx: Context, set: AccessSet, atLeast: string | null | undefined): Promise<AccessSet> {
  const wanted = readVersion(set, atLeast);
  const seen = parseStamp(set.stamp);
  if (!wanted || covers(seen, wanted)) return set;
  if (!set.subjectId) throw new VersionNotReached();
  return ctx.reader.load(set.tenantId, set.subjectId, formatStamp(maxStamp(seen, wanted)));
}

/** Version of what is known about a user now; null for viewers who may not read their bindings. */
export async function versionOf(ctx: Context, userId: string): Promise<string | null> {
  const tenantId = tenantOf(ctx);
  const isSelf = ctx.viewer.kind === 'user' && ctx.viewer.id === userId;
  if (!isSelf && !canReadBindings((await ctx.access.authorizer()).quiet, { type: 'TENANT', id: tenantId })) return null;
  const subjectId = lookedUp(userId);
  return shownVersion({ tenantId, subjectId }, await ctx.reader.stamp(tenantId, subjectId));
}

/** Puts decisions that another service took into the log, under the time at which it took them. */
export function noteSent(ctx: Context, entries: unknown): boolean {
  const tenantId = tenantOf(ctx);
  for (const { decision, at, subjectId, requestId } of entries as SentDecision[]) {
    const askedBy = ctx.viewer.id;
    ctx.decisions.note([decision], { at: new Date(at), tenantId, subjectId, requestId, askedBy, chosen: true });
  }
  return true;
}
