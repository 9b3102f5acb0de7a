import type { ScopeRef } from '@polity/kernel/access/tree';
import { AppError } from '@polity/kernel/graph/errors';
import type { Context } from '../context.ts';

// Memberships live here and are mirrored as role bindings in access: grants last, revokes first, so that a cut
// in between leaves less access, never more (design section 7). Events repair it: ours what was not granted, those of
// access what was revoked for something that stands after all (domain/membership/membership.restore.ts).

/** How access is reached: in a request, or in answer to an event. */
export type Via = Pick<Context, 'services'>;

interface Binding {
  userId: string;
  scope: ScopeRef;
  roleKey: string;
  /** Roles at the scope that this one takes the place of. */
  replaces?: string[];
  /** Membership that loses those roles before it is committed that it does. */
  membershipId?: string;
}

/** Makes a scope known to access, with what its owner says of it; idempotent. */
export async function registerScope(
  { services }: Via,
  scope: ScopeRef & { parentId: string; open?: boolean; archived?: boolean },
): Promise<void> {
  await services.call(
    'access',
    'mutation RegisterScope($input: ScopeRegistrationInput!) { _registerScope(input: $input) }',
    { input: scope },
  );
}

/** Ends every role and override at the scope and below it, then the scope itself; idempotent. */
export async function removeScope(ctx: Context, scope: ScopeRef): Promise<void> {
  await ctx.services.call('access', 'mutation RemoveScope($scope: ScopeInput!) { _removeScope(scope: $scope) }', {
    scope,
  });
}

/** Gives a role at a scope; idempotent. */
export async function bindRole({ services }: Via, binding: Binding): Promise<void> {
  await services.call('access', 'mutation BindRole($input: ServiceBindInput!) { _bindRole(input: $input) }', {
    input: { replaces: [], reason: 'membership', ...binding },
  });
}

/** A membership of either kind. */
interface Ending {
  id: string;
  userId: string;
}

/**
 * Ends all roles of a membership at its scope and below it; when it returns, every later check denies. The caller has the membership
 * locked until it is committed that it ended.
 */
export async function unbindRoles(ctx: Context, { id, userId }: Ending, scope: ScopeRef): Promise<void> {
  await ctx.services.call(
    'access',
    'mutation UnbindRoles($userId: ID!, $scope: ScopeInput!, $id: ID!) { _unbindRoles(userId: $userId, scope: $scope, below: true, membershipId: $id) }',
    { userId, scope, id },
  );
}

/** What the viewer lacks to give this role there, or to take it where it was not for them to give; read from the database itself. */
export async function lackedToGive(
  ctx: Context,
  { roleKey, scope }: Pick<Binding, 'roleKey' | 'scope'>,
  forGood: boolean,
): Promise<string[]> {
  const { _lackedToGive: lacked } = await ctx.services.call<{ _lackedToGive: string[] | null }>(
    'access',
    'query LackedToGive($userId: ID!, $roleKey: String!, $scope: ScopeInput!, $forGood: Boolean!) { _lackedToGive(userId: $userId, roleKey: $roleKey, scope: $scope, forGood: $forGood) }',
    { userId: ctx.viewer.id, roleKey, scope, forGood },
  );
  return lacked ?? [];
}

/** Grants after a commit: where access is away or does not know the scope yet, they wait for the event of the change. */
export async function grant(ctx: Context, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ err: error }, 'a grant waits for its event');
  }
  ctx.forget();
}
