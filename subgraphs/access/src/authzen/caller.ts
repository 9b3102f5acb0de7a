import { makeAuthorizer } from '@polity/kernel/access/authorizer';
import { reachesPermission } from '@polity/kernel/access/token-scopes';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { provesTwoFactors } from '@polity/kernel/request/second-factor';
import type { DecisionLog } from '../domain/check/decision-log.ts';

/** What identity says of a token: an application by itself, or a person. */
interface TokenViewer {
  kind: 'user' | 'application';
  id: string;
  tenantId: string;
  /** Of an application, with the permissions that it was approved for. */
  scopes: readonly string[];
  acr: string | null;
  amr: readonly string[];
}

/** Who asks over HTTP, and in which tenant. */
export interface Caller {
  id: string;
  tenantId: string;
  /** Throws Refused 403 for a scope at which the caller may not see who may do what. */
  mustRead(scope: ScopeRef): void;
}

/** What a request is answered with. */
export interface Asked {
  runtime: Runtime;
  decisions: DecisionLog;
  requestId: string;
}

/** Why a caller is turned away; `message` is all they learn. */
export class Refused extends Error {
  readonly status: 400 | 401 | 403;

  constructor(status: 400 | 401 | 403, message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
  }
}

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{1,4096}=*)$/i;
const INTROSPECT = 'query IntrospectToken($token: String!) { _introspectToken(token: $token) }';
const TENANT = 'query Tenant($id: ID) { _tenant(id: $id) { mfaRequired } }';
/** What the caller must hold at the scope that is asked about, and what the token must reach. */
const NEEDED = 'access.binding.read';

/** Reads the bearer token. Throws Refused 401 for one that proves nothing, 403 for one that may not ask about others anywhere. */
export async function callerOf(asked: Asked, header: string | undefined): Promise<Caller> {
  const token = BEARER.exec(header?.trim() ?? '')?.[1];
  if (!token) throw new Refused(401, 'A bearer token is needed.');
  const { _introspectToken: viewer } = await asked.runtime
    .services(null)
    .call<{ _introspectToken: TokenViewer | null }>('identity', INTROSPECT, { token });
  if (!viewer) throw new Refused(401, 'The bearer token is not valid.');
  const { id, tenantId, scopes, kind } = viewer;
  if (!reachesPermission(scopes, NEEDED)) throw new Refused(403, `The token is not approved for ${NEEDED}.`);
  if (kind === 'user') {
    await mustBeProven(asked, viewer);
    return { id, tenantId, mustRead: await readingOf(asked, viewer) };
  }
  // A wide scope says what a token may use, not what an application holds: that are the permissions it was approved for, in the whole tenant.
  if (!scopes.includes(NEEDED)) throw new Refused(403, `The application was not given ${NEEDED}.`);
  return { id, tenantId, mustRead: () => undefined };
}

/** The gateway asks the same of every operation; this is no way around it. Throws Refused 403. */
async function mustBeProven({ runtime }: Asked, viewer: TokenViewer): Promise<void> {
  if (provesTwoFactors(viewer)) return;
  const { _tenant: tenant } = await runtime
    .services(null)
    .call<{ _tenant: { mfaRequired: boolean } | null }>('identity', TENANT, { id: viewer.tenantId });
  if (tenant?.mfaRequired !== false) throw new Refused(403, 'This tenant wants a second factor.');
}

/** The question that a person's token puts to what the person holds. */
async function readingOf(
  { runtime: { access, clock }, decisions, requestId }: Asked,
  { tenantId, id }: TokenViewer,
): Promise<Caller['mustRead']> {
  const set = await access.load(tenantId, id, await access.stamp(tenantId, id));
  const asking = { at: clock.now(), tenantId, subjectId: id, requestId, askedBy: id };
  const authorizer = makeAuthorizer(id, set, clock.nowMs(), (decision) => decisions.note([decision], asking));
  const everywhere = authorizer.quiet.mayAtTenant(NEEDED) && authorizer.mayAtTenant(NEEDED);
  return (scope) => {
    if (!everywhere && !authorizer.may(NEEDED, scope)) throw new Refused(403, `You do not hold ${NEEDED} there.`);
  };
}
