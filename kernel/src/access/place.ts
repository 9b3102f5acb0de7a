import { Conflict, NotFound } from '../graph/errors.ts';
import type { ViewerAccess } from './reader.ts';
import { ARCHIVED, OPEN, type ScopeRef, type ScopeTree, scopeIndex, scopePath } from './tree.ts';
import { canSee, holdsBindingAt, type VisibilityCodes } from './visibility.ts';

/** Where something is, as the tree of scopes knows it: no call to whoever owns the scope, and no table of one's own. */
export interface Place {
  readonly scope: ScopeRef;
  readonly tenantId: string;
  /** The community that the scope is, or lies in; null at the tenant. */
  readonly communityId: string | null;
  /** Null unless the scope is a team. */
  readonly teamId: string | null;
  /** Whether nothing new may come there. */
  readonly isArchived: boolean;
}

/** A place with what the viewer is to it. */
export interface SeenPlace extends Place {
  /** Whether the viewer belongs there: holds a role at exactly this scope. */
  readonly isMember: boolean;
}

/** Thrown by `mustLive`. */
export class ScopeArchived extends Conflict {
  constructor() {
    super('This is archived: nothing new can be added.', { reason: 'SCOPE_ARCHIVED' });
  }
}

/** Where the scope lies; null for one that the tree does not have. Whoever asks may know of it: for jobs and events. */
export function placeIn(tree: ScopeTree, scope: ScopeRef): Place | null {
  const index = scopeIndex(tree, scope);
  if (index < 0) return null;
  const path = scopePath(tree, scope);
  const idOf = (type: ScopeRef['type']) => path.find((each) => each.type === type)?.id ?? null;
  const isArchived = ((tree.states[index] as number) & ARCHIVED) > 0;
  return { scope, tenantId: tree.tenantId, communityId: idOf('COMMUNITY'), teamId: idOf('TEAM'), isArchived };
}

/**
 * The place that a scope names, as the viewer sees it; null where it is missing, of another tenant or hidden, all three alike. An open
 * community is seen by everybody who reaches the tenant, a hidden one by who belongs to it and may read there, or manages there by
 * `codes`; a team is seen by whoever sees its community.
 */
export async function findPlace(
  access: ViewerAccess,
  scope: ScopeRef,
  codes: VisibilityCodes,
): Promise<SeenPlace | null> {
  const [authorizer, tree] = [await access.authorizer(), await access.tree()];
  const place = placeIn(tree, scope);
  if (!place) return null;
  const { communityId } = place;
  const isOpen = ((tree.states[scopeIndex(tree, scope)] as number) & OPEN) > 0;
  const row = { visibility: isOpen ? 'PUBLIC' : 'COMMUNITY', communityId, teamId: null, authorId: null } as const;
  if (!canSee(authorizer.sees(codes), row, authorizer.viewerId)) return null;
  return { ...place, isMember: holdsBindingAt(authorizer.set, scope.id, authorizer.nowMs) };
}

/** The same. Throws NotFound for what is missing or hidden. */
export async function getPlace(access: ViewerAccess, scope: ScopeRef, codes: VisibilityCodes): Promise<SeenPlace> {
  const place = await findPlace(access, scope, codes);
  if (!place) throw new NotFound('This scope');
  return place;
}

/** Throws ScopeArchived where nothing new may come. */
export function mustLive({ isArchived }: Place): void {
  if (isArchived) throw new ScopeArchived();
}
