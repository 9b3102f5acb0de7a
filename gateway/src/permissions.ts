import type { ScopeRef } from '@polity/kernel/access/tree';
import { anyone, freshPerson, person, signedIn } from '@polity/kernel/graph/rules';
import { rule, type ShieldRule } from '@polity/kernel/graph/shield';
import { Forbidden, Unauthenticated } from '@polity/kernel/graph/errors';
import type { GatewayContext } from './context.ts';

type Args = Record<string, unknown>;
type ScopeOf = (args: Args, context: GatewayContext) => ScopeRef | null;
const input = (args: Args) => args.input as Args;

/** The tenant of the request as a scope. */
const tenantScope: ScopeOf = (_args, { request }) => (request.tenantId ? { type: 'TENANT', id: request.tenantId } : null);
const inputScope: ScopeOf = (args) => input(args).scope as ScopeRef;
const argScope: ScopeOf = (args) => args.scope as ScopeRef;
const communityScope = (read: (args: Args) => unknown): ScopeOf => (args) => ({ type: 'COMMUNITY', id: String(read(args)) });

/** Passes when the access subgraph's set of the viewer allows `permission` at the scope that the arguments name. */
function may(permission: string, where: string, scopeOf: ScopeOf): ShieldRule {
  return rule<GatewayContext>(`may ${permission} at ${where}`, async (context, args) => {
    if (context.viewer.kind === 'anonymous') return new Unauthenticated();
    const scope = scopeOf(args, context);
    if (!scope) return new Forbidden();
    const { allowed } = await context.access.decide(permission, scope);
    return allowed ? true : new Forbidden();
  });
}
export { anyone, freshPerson, person, signedIn, may, tenantScope, inputScope, argScope, communityScope };
