import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { rows } from '@polity/kernel/db/orm';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import type { SignedIn } from '@polity/kernel/request/signed-in';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import type { Context } from '../context.ts';
import { record } from '../domain/audit/audit.service.ts';
import { keyOf } from './adapter.ts';
import { type ClientRow, findClient } from './clients.ts';
import { type Need, needOf } from './needs.ts';
import { formTarget } from './pages.ts';

/** A browser at the gateway's page of an authorization: its cookies say which one it began, the gateway who is signed in. */
export interface AuthorizationVisit {
  uid: string;
  /** Header `Cookie` without the session's. */
  cookies: string;
  signedIn: SignedIn | null;
  address: string | null;
  device: string | null;
}

/** What the page of an authorization shows. */
export interface AuthorizationView {
  need: Need;
  application: string;
  /** Slug of the tenant of the application. */
  tenant: string;
  /** What the application asks for, each with what it lets it do. */
  scopes: { scope: string; text: string }[];
  /** Where an answer leads: the address to show, and the source for a content security policy. */
  leadsTo: string;
  formTargets: string[];
  loginHint: string | null;
  /** Path at which the same request begins anew. */
  restart: string;
}

/** What the person answers: to go on as who is signed in, to allow what is asked for, or neither. */
const ANSWERS = ['CONTINUE', 'ALLOW', 'REFUSE'] as const;
export type AuthorizationAnswer = (typeof ANSWERS)[number];

interface Found {
  provider: Provider;
  interaction: Interaction;
  client: ClientRow;
}

interface ConsentDetails {
  missingOIDCScope?: string[];
  missingOIDCClaims?: string[];
  missingResourceScopes?: Record<string, string[]>;
}

const SLUG = 'select slug from tenant where id = ?::uuid';

/** Throws Forbidden for everybody but the gateway, which alone knows who is signed in. */
function assertGateway({ viewer }: Context): void {
  if (viewer.kind !== 'service' || viewer.id !== 'gateway') throw new Forbidden();
}

/** The authorization that this browser began, as the library's own signed cookie says; null for that of another browser, and one that is over. */
async function find({ oidc, em }: Context, { uid, cookies }: AuthorizationVisit): Promise<Found | null> {
  const provider = await oidc.provider();
  const request = Object.assign(new IncomingMessage(new Socket()), { headers: { cookie: cookies } });
  const jar = provider.createContext(request, new ServerResponse(request)).cookies;
  if (jar.get(provider.cookieName('interaction'), { signed: true }) !== uid) return null;
  const interaction = await provider.Interaction.find(uid);
  const client = interaction && (await findClient(em, String(interaction.params.client_id)));
  return interaction && client?.status === 'APPROVED' ? { provider, interaction, client } : null;
}

function wishesOf({ prompt, params }: Interaction): string[] {
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details as ConsentDetails;
  const missing = [...missingOIDCScope, ...Object.values(missingResourceScopes).flat()];
  return [...new Set(missing.length > 0 ? missing : String(params.scope ?? '').split(' '))].filter(Boolean);
}

/** Where the person is sent with the answer, as they would know it: a host, or the scheme of an application on their machine. */
function placeOf(address: unknown): string {
  const url = URL.parse(String(address));
  return url?.host || url?.protocol.slice(0, -1) || '';
}

function restartOf({ params }: Interaction): string {
  const given = Object.entries(params).filter(([name, value]) => value !== undefined && !/^request(_uri)?$/.test(name));
  const texts = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  return `/oidc/authorize?${new URLSearchParams(texts)}`;
}

/** What an authorization waits for and asks; null where this browser began none by this name. */
export async function viewAuthorization(ctx: Context, visit: AuthorizationVisit): Promise<AuthorizationView | null> {
  assertGateway(ctx);
  const found = await find(ctx, visit);
  if (!found) return null;
  const { interaction, client } = found;
  const [catalogue, [tenant]] = await Promise.all([
    ctx.oidc.scopes(),
    rows<{ slug: string }>(ctx.em, SLUG, [client.tenantId]),
  ]);
  const { redirect_uri: target, login_hint: hint } = interaction.params;
  return {
    need: await needOf(ctx, interaction, client.tenantId, visit.signedIn),
    application: client.name,
    tenant: tenant?.slug ?? '',
    scopes: wishesOf(interaction).map((scope) => ({ scope, text: catalogue.get(scope) ?? scope })),
    leadsTo: placeOf(target),
    formTargets: formTarget(target),
    loginHint: typeof hint === 'string' ? hint.slice(0, 254) : null,
    restart: restartOf(interaction),
  };
}

async function grantOf({ provider, interaction }: Found) {
  const { grantId, session, params } = interaction;
  const known = grantId ? await provider.Grant.find(grantId) : undefined;
  return known ?? new provider.Grant({ accountId: session?.accountId as string, clientId: String(params.client_id) });
}

async function recordConsent(ctx: Context, { client, interaction }: Found, visit: AuthorizationVisit): Promise<void> {
  const userId = visit.signedIn?.userId ?? null;
  const { address, device } = visit;
  const viewer = { ...ctx.viewer, kind: 'user', id: userId } as const;
  const writer = { ...ctx, viewer, request: { ...ctx.request, tenantId: client.tenantId, address, device } };
  const data = { applicationId: client.id, scopes: wishesOf(interaction) };
  await write(writer, async (tx) => record(tx, writer, { type: 'consent_granted', userId, data }));
}

async function allowed(ctx: Context, found: Found, visit: AuthorizationVisit): Promise<InteractionResults> {
  const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = found.interaction.prompt
    .details as ConsentDetails;
  const grant = await grantOf(found);
  if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
  if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims);
  for (const [indicator, scopes] of Object.entries(missingResourceScopes ?? {}))
    grant.addResourceScope(indicator, scopes.join(' '));
  await recordConsent(ctx, found, visit);
  return { ...found.interaction.lastSubmission, consent: { grantId: await grant.save() } };
}

function signedIn({ userId, acr, amr, authTime, sessionId }: SignedIn): InteractionResults {
  return { login: { accountId: userId, acr, amr, ts: authTime, remember: true, browserSession: sessionId } };
}

const AWAITED: Readonly<Record<AuthorizationAnswer, Need | null>> = {
  CONTINUE: 'NOTHING',
  ALLOW: 'CONSENT',
  REFUSE: null,
};

/** Throws InvalidInput for an answer that the authorization does not wait for. */
async function assertAwaited(
  ctx: Context,
  { interaction, client }: Found,
  visit: AuthorizationVisit,
  answer: AuthorizationAnswer,
): Promise<void> {
  const need = AWAITED[answer];
  if (need !== null && (await needOf(ctx, interaction, client.tenantId, visit.signedIn)) !== need)
    throw new InvalidInput({ answer: 'is not what this authorization waits for' });
}

/** What the library is told. */
async function resultOf(
  ctx: Context,
  found: Found,
  visit: AuthorizationVisit,
  answer: AuthorizationAnswer,
): Promise<InteractionResults> {
  if (answer === 'ALLOW') return allowed(ctx, found, visit);
  if (answer === 'CONTINUE' && visit.signedIn) return signedIn(visit.signedIn);
  return { error: 'access_denied', error_description: 'The person did not allow it' };
}

const TAKE = 'update oidc_payload set consumed_at = now() where key = ? and consumed_at is null returning key';

/**
 * Answers an authorization, once: of any number of simultaneous answers the first counts. Returns the path at which it goes on; null where this
 * browser began none by this name.
 */
export async function answerAuthorization(
  ctx: Context,
  visit: AuthorizationVisit,
  answer: AuthorizationAnswer,
): Promise<string | null> {
  assertGateway(ctx);
  const found = await find(ctx, visit);
  if (!found) return null;
  const { interaction } = found;
  const { pathname } = new URL(interaction.returnTo);
  if (interaction.result) return pathname;
  await assertAwaited(ctx, found, visit, answer);
  const won = await rows(ctx.em, TAKE, [keyOf('Interaction', visit.uid)]);
  if (won.length === 0) return pathname;
  const result = await resultOf(ctx, found, visit, answer);
  // The cookies bind the browser; the provider's session may be another by now, because signing in begins one.
  if (answer === 'CONTINUE') delete interaction.session;
  interaction.result = result;
  await interaction.persist();
  return pathname;
}

/** Reads what the gateway hands over of a visit. Throws InvalidInput. */
export function authorizationVisitOf(value: unknown): AuthorizationVisit {
  const { uid, cookies, signedIn: who = null, address = null, device = null } = (value ?? {}) as AuthorizationVisit;
  if (typeof uid !== 'string' || typeof cookies !== 'string') throw new InvalidInput({ visit: 'is incomplete' });
  return { uid, cookies, signedIn: who, address, device };
}

/** Reads an answer. Throws InvalidInput. */
export function authorizationAnswerOf(value: string): AuthorizationAnswer {
  const answer = ANSWERS.find((each) => each === value);
  if (!answer) throw new InvalidInput({ answer: `must be one of ${ANSWERS.join(', ')}` });
  return answer;
}
