import type { ScopeRef, ScopeType } from '@polity/kernel/access/tree';
import { Forbidden, Unauthenticated } from '@polity/kernel/graph/errors';
import { anyone, freshPerson, person } from '@polity/kernel/graph/rules';
import { and, rule, type ShieldRule } from '@polity/kernel/graph/shield';
import { actorOf } from '@polity/kernel/request/acting';
import type { GraphQLResolveInfo } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { GuardTable } from '../shield/guards.ts';

type Args = Record<string, unknown>;

/** Names the scope that the arguments of a field are about; null when they name none. */
export type ScopeOf = (args: Args, context: GatewayContext) => ScopeRef | null;

/** The tenant of the request. */
export const requestTenant: ScopeOf = (_args, { request }) =>
  request.tenantId ? { type: 'TENANT', id: request.tenantId } : null;

/** A scope given as `ScopeInput` in the argument `name`, or in the field `name` of the argument `input`. */
export const scopeIn =
  (name = 'scope'): ScopeOf =>
  (args) =>
    ((args[name] ?? (args.input as Args | undefined)?.[name]) as ScopeRef | undefined) ?? null;

/** A scope of one type whose id is the argument `name`, or the field `name` of the argument `input`. */
export const idIn =
  (type: ScopeType, name: string): ScopeOf =>
  (args) => {
    const id = args[name] ?? (args.input as Args | undefined)?.[name];
    return typeof id === 'string' ? { type, id } : null;
  };

type Kind = 'read' | 'write';

const kindOf = ({ operation }: GraphQLResolveInfo): Kind => (operation.operation === 'query' ? 'read' : 'write');

/**
 * Null when the viewer has a session, or an access token that was approved for one of these scopes. A scope gives no right; it limits
 * what a token may use of the rights of its viewer.
 */
function outOfScope({ viewer }: GatewayContext, subgraph: string, kind: Kind, code?: string): Error | null {
  const enough = [...(code ? [code] : []), `${subgraph}.${kind}`, `graph.${kind}`];
  if (viewer.scopes === null || enough.some((scope) => viewer.scopes?.includes(scope))) return null;
  return new Forbidden('The access token does not reach this far.', { scopes: enough });
}

/** Null when the viewer is signed in and, with an access token, has its approval for `permission`. */
function refused(context: GatewayContext, permission: string, kind: Kind): Error | null {
  if (context.viewer.kind === 'anonymous') return new Unauthenticated();
  return outOfScope(context, permission.slice(0, permission.indexOf('.')), kind, permission);
}

/** Passes for anyone who reaches the tenant; an access token must be approved for reading in this subgraph. */
export function reads(subgraph: string): ShieldRule {
  return rule<GatewayContext>(`reads ${subgraph}`, (context) => outOfScope(context, subgraph, 'read') ?? true, {
    cache: 'contextual',
  });
}

/** Passes for anyone; an access token must be approved for something in this subgraph. For fields that lead into it from elsewhere. */
export function reachesInto(subgraph: string): ShieldRule {
  const inside = [`${subgraph}.`, 'graph.'];
  return rule<GatewayContext>(
    `reaches into ${subgraph}`,
    ({ viewer: { scopes } }) => {
      if (scopes === null || scopes.some((scope) => inside.some((prefix) => scope.startsWith(prefix)))) return true;
      return new Forbidden('The access token does not reach this far.', { scopes: inside.map((at) => `${at}read`) });
    },
    { cache: 'contextual' },
  );
}

/**
 * Passes when the viewer's access set allows `permission` at the scope that the arguments name, and the access token, if there is one, was
 * approved for it. Missing and hidden scopes are refused alike. `where` tells two rules of one permission apart.
 */
export function may(permission: string, where: string, scopeOf: ScopeOf): ShieldRule {
  return rule<GatewayContext>(`may ${permission} at ${where}`, async (context, args, _parent, info) => {
    const refusal = refused(context, permission, kindOf(info));
    if (refusal) return refusal;
    const scope = scopeOf(args, context);
    if (!scope) return new Forbidden();
    return (await context.access.asker()).may(permission, scope) ? true : new Forbidden();
  });
}

/** Passes for whoever is signed in; the subgraph decides with the row at hand. An access token must be approved for `permission`. */
export function signedInFor(permission: string): ShieldRule {
  return rule<GatewayContext>(`signed in for ${permission}`, (context, _args, _parent, info) => {
    return refused(context, permission, kindOf(info)) ?? true;
  });
}

const session = rule<GatewayContext>('session', ({ viewer }) => {
  if (viewer.scopes !== null) return new Forbidden('An access token may not do this; it takes the person themselves.');
  return actorOf(viewer) === null ? true : new Forbidden('Whoever acts for somebody else may not do this.');
});

/** A person in a session of their own. Accounts, memberships and sessions are out of reach for access tokens and for those who act as another. */
export const ownSession = and(session, person);

/** The same, having proved who they are within the step-up window. */
export const freshSession = and(session, freshPerson);

/** Types that are guarded by the root fields that lead to them, and by the subgraph. */
export function openTypes(...names: string[]): GuardTable {
  return Object.fromEntries(names.map((name) => [name, { '*': anyone }]));
}
