import { AppError } from '../graph/errors.ts';
import type { BaseContext } from '../graph/subgraph.ts';
import type { ScopeRef } from './tree.ts';

// Who belongs where is for the subgraph that owns the memberships to say, and is mirrored in access as scopes and role bindings: grants last,
// revokes first, so that a cut in between leaves less access, never more. What is given is told after the commit, and again by the event of the
// change (`mirrored.ts`); what is taken is told before it, with the row locked until it is committed, and access tells the owner what it took
// (`access.membership.revoked`, `access.scope.restricted`, `access.scope.removed`), who gives it again where it stands after all.

/** What is needed to call access: the context of a request, a job or a consumer. */
type Calling = Pick<BaseContext, 'services'>;

/** A scope as its owner tells it. What of a community is left out stays as it is; a new one is hidden. */
export type OwnScope = ScopeRef & { parentId: string | null; open?: boolean; archived?: boolean };

/** A role that a membership gives. */
export interface RoleOf {
  userId: string;
  scope: ScopeRef;
  roleKey: string;
  /** Roles at the scope whose place this one takes. */
  replaces?: readonly string[];
  /** Membership that loses those roles before it is committed that it does; access tells its owner. */
  membershipId?: string;
  /** For the history of access; `membership` where absent. */
  reason?: string;
}

/** A membership that is about to end. */
export interface EndingMembership {
  id: string;
  userId: string;
}

const REGISTER_SCOPE = 'mutation RegisterScope($input: ScopeRegistrationInput!) { _registerScope(input: $input) }';
const REMOVE_SCOPE = 'mutation RemoveScope($scope: ScopeInput!) { _removeScope(scope: $scope) }';
const BIND_ROLE = 'mutation BindRole($input: ServiceBindInput!) { _bindRole(input: $input) }';
const UNBIND_ROLES =
  'mutation UnbindRoles($userId: ID!, $scope: ScopeInput!, $id: ID!) { _unbindRoles(userId: $userId, scope: $scope, below: true, membershipId: $id) }';
const LACKED_TO_GIVE =
  'query LackedToGive($userId: ID!, $roleKey: String!, $scope: ScopeInput!, $forGood: Boolean!) { _lackedToGive(userId: $userId, roleKey: $roleKey, scope: $scope, forGood: $forGood) }';

/** Makes a scope known to access, with what its owner says of it; idempotent. */
export async function registerScope({ services }: Calling, input: OwnScope): Promise<void> {
  await services.call('access', REGISTER_SCOPE, { input });
}

/** Ends every role and override at the scope and below it, then the scope itself; idempotent. */
export async function removeScope({ services }: Calling, scope: ScopeRef): Promise<void> {
  await services.call('access', REMOVE_SCOPE, { scope });
}

/** Gives a role at a scope; idempotent. Throws LAST_OWNER, NOT_FOUND. */
export async function bindRole({ services }: Calling, role: RoleOf): Promise<void> {
  await services.call('access', BIND_ROLE, { input: { replaces: [], reason: 'membership', ...role } });
}

/**
 * Ends all roles of a membership at its scope and below it; when it returns, every later check denies. The caller has the membership
 * locked until it is committed that it ended. Throws LAST_OWNER for the only owner.
 */
export async function unbindRoles(
  { services }: Calling,
  { id, userId }: EndingMembership,
  scope: ScopeRef,
): Promise<void> {
  await services.call('access', UNBIND_ROLES, { userId, scope, id });
}

/**
 * What a person lacks to give this role there, or to take it where it was not for them to give; null where the role is not one of the scope.
 * With `forGood`, what they hold for a time only is lacked as well. Read from the database itself.
 */
export async function lackedToGive(
  { services }: Calling,
  asked: { userId: string; roleKey: string; scope: ScopeRef; forGood: boolean },
): Promise<string[] | null> {
  const { _lackedToGive } = await services.call<{ _lackedToGive: string[] | null }>('access', LACKED_TO_GIVE, asked);
  return _lackedToGive;
}

/** Grants after a commit: where access is away or does not know the scope yet, they wait for the event of the change. */
export async function grantLast(
  ctx: Pick<BaseContext, 'log'> & { forget?(): void },
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ err: error }, 'a grant waits for its event');
  }
  ctx.forget?.();
}
