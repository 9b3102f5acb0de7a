import { findPlace } from '@polity/kernel/access/place';
import { scopeStub } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { VisibilityCodes } from '@polity/kernel/access/visibility';
import type { Context } from '../context.ts';
import { nouns } from '../kinds.ts';

/** The entity of another subgraph that a scope names; null where the viewer does not see that place. */
export async function scopeOf(ctx: Context, scope: ScopeRef, codes: VisibilityCodes = nouns.Post) {
  const place = scope.type === 'TENANT' ? { scope } : await findPlace(ctx.access, scope, codes);
  return place && scopeStub(scope);
}

/** The same of what a person chose: null where that is no place. */
export async function chosenScope(
  ctx: Context,
  { scopeType: type, scopeId: id }: { scopeType?: ScopeRef['type'] | null; scopeId?: string | null },
) {
  return type && id ? scopeOf(ctx, { type, id }) : null;
}
