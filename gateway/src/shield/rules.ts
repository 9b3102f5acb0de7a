import type { ScopeRef } from '@polity/kernel/access/tree';
import { Forbidden, StepUpRequired, Unauthenticated } from '@polity/kernel/graph/errors';
import type { DeclaredGuard } from '@polity/kernel/graph/guard';
import { anyone, freshPerson, person, STEP_UP_SECONDS, service, signedIn } from '@polity/kernel/graph/rules';
import { and, rule, type ShieldRule } from '@polity/kernel/graph/shield';
import { actorOf } from '@polity/kernel/request/acting';
import { isMerelyVouched } from '@polity/kernel/request/vouched';
import { type GraphQLResolveInfo, Kind as Node, type OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../context.ts';

type Args = Record<string, unknown>;
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
function reads(subgraph: string): ShieldRule {
  return rule<GatewayContext>(`reads ${subgraph}`, (context) => outOfScope(context, subgraph, 'read') ?? true, {
    cache: 'contextual',
  });
}

/** Passes for anyone; an access token must be approved for something in this subgraph. For fields that lead into it from elsewhere. */
function reachesInto(subgraph: string): ShieldRule {
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

/** Names the scope that the arguments of a field are about; null when they name none. */
function scopeOf({ scope: type, at }: DeclaredGuard): (args: Args, context: GatewayContext) => ScopeRef | null {
  if (!at) return (_args, { request }) => (request.tenantId ? { type: 'TENANT', id: request.tenantId } : null);
  const valueIn = (args: Args) => at.reduce<unknown>((value, step) => (value as Args | null | undefined)?.[step], args);
  if (!type) return (args) => (valueIn(args) as ScopeRef | undefined) ?? null;
  return (args) => {
    const id = valueIn(args);
    return typeof id === 'string' ? { type, id } : null;
  };
}

/** How a guard's scope is called in the name of its rule. */
function placeOf({ scope, at }: DeclaredGuard): string {
  return [scope?.toLowerCase(), at?.join('.')].filter(Boolean).join(' ');
}

/**
 * Passes when the viewer's access set allows `permission` at the scope that the arguments name, and the access token, if there is one, was
 * approved for it. Missing and hidden scopes are refused alike.
 */
function may(permission: string, guard: DeclaredGuard): ShieldRule {
  const scopeIn = scopeOf(guard);
  return rule<GatewayContext>(`may ${permission} at ${placeOf(guard)}`, async (context, args, _parent, info) => {
    const refusal = refused(context, permission, kindOf(info));
    if (refusal) return refusal;
    const scope = scopeIn(args, context);
    if (!scope) return new Forbidden();
    return (await context.access.authorizer()).may(permission, scope) ? true : new Forbidden();
  });
}

/** Passes for whoever is signed in; the subgraph decides with the row at hand. An access token must be approved for `permission`. */
function signedInFor(permission: string): ShieldRule {
  return rule<GatewayContext>(`signed in for ${permission}`, (context, _args, _parent, info) => {
    return refused(context, permission, kindOf(info)) ?? true;
  });
}

/** By which somebody shows that it is they whom a tenant's provider spoke of, or goes away. */
const SHOWS_WHO = new Set(['reauthenticate', 'signOut']);

function onlyShowsWho({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every((node) => node.kind === Node.FIELD && SHOWS_WHO.has(node.name.value));
}

const session = rule<GatewayContext>('session', ({ viewer }, _args, _parent, { operation }) => {
  if (viewer.scopes !== null) return new Forbidden('An access token may not do this; it takes the person themselves.');
  if (actorOf(viewer) !== null) return new Forbidden('Whoever acts for somebody else may not do this.');
  return isMerelyVouched(viewer) && !onlyShowsWho(operation) ? new StepUpRequired(STEP_UP_SECONDS) : true;
});
const holdsFlag = rule<GatewayContext>('holds SYSTEM_ADMIN', ({ viewer }) => viewer.flags.includes('SYSTEM_ADMIN'));
const ownSession = and(session, person);

const RULES = {
  ANYONE: anyone,
  SIGNED_IN: signedIn,
  PERSON: person,
  SESSION: ownSession,
  FRESH_SESSION: and(session, freshPerson),
  SYSTEM_ADMIN: and(ownSession, holdsFlag),
  SERVICE: service,
} as const;

/** Rules that pass for everyone; the shield leaves them out of its evaluation. */
export const trivialRules: ReadonlySet<ShieldRule> = new Set([anyone]);

/**
 * The gateway's rule of a guard in this subgraph. It asks what is known before planning: session, token, permission at a scope that the
 * arguments name. Beside a permission the kind of viewer is the subgraph's to ask. Rules of one name are one rule, so that an operation
 * asks it once.
 */
export function ruleMaker(): (guard: DeclaredGuard, subgraph: string) => ShieldRule {
  const made = new Map<string, ShieldRule>();
  const once = (name: string, make: () => ShieldRule): ShieldRule => {
    const found = made.get(name) ?? make();
    made.set(name, found);
    return found;
  };
  return (guard, subgraph) => {
    const { who, permission, token } = guard;
    if (permission) {
      const decided = guard.at || guard.scope;
      return decided
        ? once(`${permission} ${placeOf(guard)}`, () => may(permission, guard))
        : once(permission, () => signedInFor(permission));
    }
    if (!token) return RULES[who];
    const limit = once(`${subgraph} ${token}`, () => (token === 'READ' ? reads : reachesInto)(subgraph));
    return who === 'ANYONE' ? limit : once(`${who} ${subgraph} ${token}`, () => and(RULES[who], limit));
  };
}
