import { write } from '@polity/kernel/domain/write';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { internalRequest } from '@polity/kernel/request/acting';
import { anonymous } from '@polity/kernel/request/context';
import { type AccessToken, errors, type Provider, type TokenEndpointGrantContext } from 'oidc-provider';
import { record } from '../domain/audit/audit.service.ts';
import { TOKEN_EXCHANGE } from './clients.ts';
import { introspect, type Reading } from './introspect.ts';
import { graphAudience } from './provider.ts';
import { isGraphScope } from './scopes.ts';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
/** Seconds that an exchanged token lives, and never longer than the one that it was given for. */
const LIFE_SECONDS = 300;
/** How many services may act one through the other. */
const MAX_ACTORS = 3;

/** Who acts, and through whom (RFC 8693 section 4.1). */
export interface Actor {
  sub: string;
  act?: Actor;
}

/** What an exchanged token takes over from the one that it was given for, and who acts by it. */
export interface Exchanged {
  act: Actor;
  from: Record<string, unknown>;
}

interface Params {
  [name: string]: unknown;
  subject_token?: string;
  subject_token_type?: string;
  requested_token_type?: string;
  resource?: string;
}

const PARAMETERS = ['subject_token', 'subject_token_type', 'requested_token_type', 'scope', 'resource', 'audience'];
const UNKNOWN = 'the subject token is not one that this application may exchange';

type Found = AccessToken & { extra?: Record<string, unknown>; exp?: number; grantId?: string; sessionUid?: string };

function assertWellFormed(params: Params, audience: string): void {
  if (!params.subject_token || params.subject_token_type !== ACCESS_TOKEN)
    throw new errors.InvalidRequest('subject_token must be there, and be an access token');
  if (params.requested_token_type !== undefined && params.requested_token_type !== ACCESS_TOKEN)
    throw new errors.InvalidRequest('requested_token_type must be an access token');
  const wanted = [params.resource, params.audience].filter((each) => each !== undefined);
  if (wanted.some((each) => each !== audience)) throw new errors.InvalidTarget();
}

const depthOf = (actor: Actor | undefined): number => (actor ? 1 + depthOf(actor.act) : 0);

/** Scopes of the new token: those that are asked for, all of which the subject token and the application must have, or all that both have. */
function narrowed(asked: string | undefined, held: readonly string[], own: ReadonlySet<string>): string {
  const both = held.filter((scope) => own.has(scope) && isGraphScope(scope));
  const wanted = asked?.split(' ').filter(Boolean) ?? both;
  if (wanted.length === 0 || wanted.some((scope) => !both.includes(scope)))
    throw new errors.InvalidScope('only scopes that the subject token and this application have', asked ?? '');
  return [...new Set(wanted)].join(' ');
}

async function recordExchange(runtime: Runtime, ctx: TokenEndpointGrantContext<Params>, data: object, userId: string) {
  const { clientId, tenant_id: tenantId } = ctx.oidc.client;
  const viewer = { ...anonymous, kind: 'application', id: clientId } as const;
  const request = { ...internalRequest(String(tenantId)), address: ctx.ip };
  const em = runtime.em(String(tenantId));
  await write({ em, forget: () => undefined }, async (tx) =>
    record(tx, { viewer, clock: runtime.clock, request }, { type: 'authn_token_exchanged', userId, data: { ...data } }),
  );
}

/**
 * Lets a service change the token of a person that an application of its tenant sent it for one of its own (RFC 8693): for the graph only, for
 * five minutes at most, with no scope that either lacks, and with the service named as who acts. It ends with what the person allowed the application.
 */
export function allowTokenExchange(provider: Provider, runtime: Runtime, reading: Reading): void {
  const audience = graphAudience(runtime.publicUrl);

  async function subjectOf(ctx: TokenEndpointGrantContext<Params>) {
    const token = String(ctx.oidc.params.subject_token);
    const viewer = await introspect(reading, token, null);
    const found = (await provider.AccessToken.find(token, { ignoreSessionBinding: true } as never)) as
      | Found
      | undefined;
    const sameTenant = viewer?.tenantId === ctx.oidc.client.tenant_id;
    if (!viewer || !found?.accountId || !found.exp || viewer.kind !== 'user' || !sameTenant)
      throw new errors.InvalidGrant(UNKNOWN);
    return { viewer, found, expiresIn: found.exp - Math.floor(Date.now() / 1000) };
  }

  async function exchange(ctx: TokenEndpointGrantContext<Params>): Promise<void> {
    const { client, params } = ctx.oidc;
    assertWellFormed(params, audience);
    const { viewer, found, expiresIn } = await subjectOf(ctx);
    const own = new Set((client.scope ?? '').split(' '));
    const scope = narrowed(params.scope, viewer.scopes, own);
    const { act: former, ...from } = (found.extra ?? {}) as { act?: Actor };
    const act: Actor = { sub: client.clientId, ...(former && { act: former }) };
    if (depthOf(act) > MAX_ACTORS) throw new errors.InvalidGrant('too many services act one through the other');
    ctx.state.exchanged = { act, from } satisfies Exchanged;
    const { accountId, grantId, sessionUid, expiresWithSession } = found;
    const life = Math.min(LIFE_SECONDS, expiresIn);
    const issued = new provider.AccessToken({
      ...{ client, accountId, grantId, scope, gty: 'token_exchange', expiresIn: life },
      ...(sessionUid && { sessionUid, expiresWithSession }),
    } as never);
    const access_token = await issued.save();
    await recordExchange(runtime, ctx, { applicationId: found.clientId, scope, act }, accountId);
    ctx.body = { access_token, issued_token_type: ACCESS_TOKEN, token_type: 'Bearer', expires_in: life, scope };
  }

  provider.registerGrantType<Params>(TOKEN_EXCHANGE, exchange, PARAMETERS);
}
