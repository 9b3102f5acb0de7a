import { MIRROR_CHANGED, type MirrorChanged, type MirroredChange } from '@polity/kernel/access/mirrored';
import type { EventEnvelope } from '@polity/kernel/events/envelope';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from './context.ts';
import * as mirror from './domain/binding/mirror.ts';

// Memberships are mirrored by calls, grants last and revokes first; this repairs what was cut off in between, whoever owns the membership. The
// effect has a transaction of its own, because stamps follow its commit; it is safe to repeat.

function repairOne(ctx: Context, told: MirroredChange, at: string): Promise<void> {
  const { scope } = told;
  if (told.change === 'SCOPE') return mirror.repairScope(ctx, scope, told.parentId);
  if (told.change === 'REMOVED') return mirror.removeScope(ctx, scope);
  const membership = { userId: told.userId, scope, at };
  if (told.change === 'JOIN') return mirror.repairJoin(ctx, membership, told.roleKey, told.replaces);
  return mirror.repairLeave(ctx, membership, told.below);
}

async function repair(event: EventEnvelope, ctx: Context): Promise<void> {
  // An event of no tenant can concern no scope.
  if (event.tenantid === null) return;
  for (const told of (event.data as MirrorChanged).changes) await repairOne(ctx, told, event.time);
  await ctx.marks.flush();
}

export const consumers: ConsumerDefinition<Context>[] = [{ name: 'mirror', types: [MIRROR_CHANGED], repeat: repair }];
