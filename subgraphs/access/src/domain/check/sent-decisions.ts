import type { SentDecision } from '@polity/kernel/access/decision-sender';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';

/** Puts decisions that another service took into the log, under the time at which it took them. */
export function noteSent(ctx: Context, entries: unknown): boolean {
  const tenantId = tenantOf(ctx);
  for (const { decision, at, subjectId, requestId } of entries as SentDecision[]) {
    const askedBy = ctx.viewer.id;
    ctx.decisions.note([decision], { at: new Date(at), tenantId, subjectId, requestId, askedBy, chosen: true });
  }
  return true;
}
