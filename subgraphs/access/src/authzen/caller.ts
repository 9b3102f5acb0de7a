import { makeAsker } from '@polity/kernel/access/asker';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import type { DecisionLog } from '../domain/check/decision-log.ts';

/** Who asks over HTTP, and in which tenant: an application by its own token, or a person by theirs. */
export interface Caller {
  kind: 'user' | 'application';
  id: string;
  tenantId: string;
  scopes: readonly string[];
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
/** What a person must hold, and what a token must be approved for in one of these ways. */
const NEEDED = 'access.binding.read';
const ENOUGH = [NEEDED, 'access.read', 'graph.read'];

/** Reads the bearer token. Throws Refused 401 for one that proves nothing, 403 for one that may not ask about others. */
export async function callerOf(asked: Asked, header: string | undefined): Promise<Caller> {
  const token = BEARER.exec(header?.trim() ?? '')?.[1];
  if (!token) throw new Refused(401, 'A bearer token is needed.');
  const { _introspectToken: caller } = await asked.runtime
    .services(null)
    .call<{ _introspectToken: Caller | null }>('identity', INTROSPECT, { token });
  if (!caller) throw new Refused(401, 'The bearer token is not valid.');
  if (!ENOUGH.some((scope) => caller.scopes.includes(scope)))
    throw new Refused(403, `The token is not approved for ${NEEDED}.`);
  if (caller.kind === 'user' && !(await mayAsk(asked, caller))) throw new Refused(403, `You do not hold ${NEEDED}.`);
  return caller;
}

async function mayAsk({ runtime, decisions, requestId }: Asked, { tenantId, id }: Caller): Promise<boolean> {
  const { access, clock } = runtime;
  const set = await access.load(tenantId, id, await access.stamp(tenantId, id));
  const asking = { at: clock.now(), tenantId, subjectId: id, requestId, askedBy: id };
  return makeAsker(id, set, clock.nowMs(), (decision) => decisions.note([decision], asking)).mayAtTenant(NEEDED);
}
