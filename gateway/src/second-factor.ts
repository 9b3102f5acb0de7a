import { AppError } from '@polity/kernel/graph/errors';
import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import { actorOf } from '@polity/kernel/request/acting';
import type { Viewer } from '@polity/kernel/request/context';
import { provesTwoFactors } from '@polity/kernel/request/second-factor';
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { TenantRef } from './tenant.ts';

/** Answer to a session that proved one factor only, in a tenant that wants two. */
export class SecondFactorRequired extends AppError {
  constructor() {
    super('MFA_REQUIRED', 'This tenant wants a second factor. Prove yours with `reauthenticate`, or set one up.');
  }
}

/**
 * Whether the viewer needs another factor in this tenant. Sessions reach every tenant of their person, so it is not enough to ask at the
 * sign-in. Whoever acts as another was asked for a factor of their own.
 */
export function lacksSecondFactor(tenant: TenantRef | null, viewer: Viewer): boolean {
  if (!tenant?.mfaRequired || viewer.kind !== 'user') return false;
  return !provesTwoFactors(viewer) && actorOf(viewer) === null;
}

/** By which people get or prove a second factor, or go away. */
const WAYS_OUT = new Set([
  'signOut',
  'switchTenant',
  'reauthenticate',
  'beginTotpEnrolment',
  'confirmTotpEnrolment',
  'beginPasskeyRegistration',
  'finishPasskeyRegistration',
  'beginPasskeySignIn',
  'finishPasskeySignIn',
  'signIn',
  'signInWithMagicLink',
  'requestEmailCode',
  'signInWithEmailCode',
  'beginUpstreamSignIn',
  'finishUpstreamSignIn',
  'verifyMfa',
]);
/** Deep enough for who somebody is, not for what they can see in the tenant. */
const MAX_DEPTH = 3;

function isShallow(set: SelectionSetNode, fragments: Fragments, left: number): boolean {
  if (left === 0) return false;
  return set.selections.every((node) => {
    if (node.kind === Kind.FIELD) return !node.selectionSet || isShallow(node.selectionSet, fragments, left - 1);
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)?.selectionSet;
    return inner !== undefined && isShallow(inner, fragments, left);
  });
}

/** Whether the operation only leads to a second factor, or away. */
export function onlyLeadsOut(document: DocumentNode, { operation, selectionSet }: OperationDefinitionNode): boolean {
  if (operation !== 'mutation') return false;
  const named = selectionSet.selections.every((node) => node.kind === Kind.FIELD && WAYS_OUT.has(node.name.value));
  if (!named) return false;
  return isShallow(selectionSet, fragmentsOf(document), MAX_DEPTH);
}
