import { createHmac, timingSafeEqual } from 'node:crypto';
import { write } from '@polity/kernel/domain/write';
import { AppError, InvalidInput } from '@polity/kernel/graph/errors';
import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import type { Context } from '../context.ts';
import { record } from '../domain/audit/audit.service.ts';
import { verifyMfa } from '../domain/mfa/mfa.service.ts';
import { signIn } from '../domain/session/sign-in.service.ts';
import { TokenInvalid } from '../domain/token/token.errors.ts';
import type { Ports } from '../ports.ts';
import { mayUse } from './claims.ts';
import { consentPage, formTarget, loginPage, mfaPage, page, pageHeaders } from './pages.ts';
import { interactionRequest, provedLogin, type SignInOutcome } from './sign-in.ts';

/** One interaction of one browser, as its cookie and the address name it. */
interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
  provider: Provider;
  interaction: Interaction;
  client: { id: string; name: string; tenantId: string };
}

/** What the interaction pages are made of. */
export interface Parts {
  runtime: Runtime;
  ports: Ports;
  open: OpenContext<Context>;
}

const fieldOf = (request: FastifyRequest, name: string): string =>
  (request.body as URLSearchParams | undefined)?.get(name) ?? '';
const baseOf = ({ interaction }: Visit) => `/oidc/interaction/${interaction.uid}`;

/** Synchronizer token of an interaction's forms; a page of another site cannot know it. */
function csrfOf({ ports }: Parts, uid: string): string {
  return createHmac('sha256', ports.oidc.formKey).update(uid).digest('base64url');
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function isOwnForm(parts: Parts, { request, interaction }: Visit): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const expected = new URL(parts.runtime.publicUrl).origin;
  const fromHere = origin === undefined ? site === 'same-origin' : origin === expected;
  return fromHere && sameText(fieldOf(request, 'csrf'), csrfOf(parts, interaction.uid));
}

function send({ reply, interaction }: Visit, html: string, status = 200): FastifyReply {
  return reply
    .code(status)
    .headers(pageHeaders(formTarget(interaction.params.redirect_uri)))
    .send(html);
}

async function finish(
  { request, reply, provider }: Visit,
  result: InteractionResults,
  merge: boolean,
): Promise<FastifyReply> {
  const returnTo = await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: merge });
  // 303 and never 307: a redirect must not carry the password on (RFC 9700 section 4.12).
  return reply.redirect(returnTo, 303);
}

/** Sentence of a refused try; errors that nobody caused are thrown on. */
function problemOf(error: unknown): { text: string; status: number } {
  if (!(error instanceof AppError)) throw error;
  const status = error.code === 'RATE_LIMITED' ? 429 : error.code === 'OVERLOADED' ? 503 : 401;
  return { text: error.message, status };
}

/** Shows the page that the interaction is waiting for. */
export async function showInteraction(parts: Parts, visit: Visit): Promise<FastifyReply> {
  const { interaction, client } = visit;
  const form = { base: baseOf(visit), csrf: csrfOf(parts, interaction.uid), problem: null };
  if (interaction.prompt.name === 'login')
    return send(visit, loginPage(form, client.name, String(interaction.params.login_hint ?? '')));
  if (interaction.prompt.name !== 'consent')
    throw new Error(`There is no page for the prompt ${interaction.prompt.name}.`);
  const catalogue = await parts.ports.oidc.scopes();
  return send(
    visit,
    consentPage(
      form,
      client.name,
      wishesOf(interaction).map((scope) => catalogue.get(scope) ?? scope),
    ),
  );
}

interface ConsentDetails {
  missingOIDCScope?: string[];
  missingOIDCClaims?: string[];
  missingResourceScopes?: Record<string, string[]>;
}

function wishesOf({ prompt, params }: Interaction): string[] {
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details as ConsentDetails;
  const missing = [...missingOIDCScope, ...Object.values(missingResourceScopes).flat()];
  return [...new Set(missing.length > 0 ? missing : String(params.scope ?? '').split(' '))].filter(Boolean);
}

async function afterSignIn(parts: Parts, visit: Visit, ctx: Context, outcome: SignInOutcome): Promise<FastifyReply> {
  if (outcome.__typename === 'MfaRequired') {
    const form = { base: baseOf(visit), csrf: csrfOf(parts, visit.interaction.uid), problem: null };
    return send(visit, mfaPage(form, outcome.challenge, outcome.methods));
  }
  const login = provedLogin(ctx);
  if (!login) throw new Error('A sign-in granted no session.');
  if (!(await mayUse(ctx.em, visit.client.tenantId, login.accountId))) {
    return finish(
      visit,
      { error: 'access_denied', error_description: 'This account does not belong to the tenant of the application' },
      false,
    );
  }
  const ts = await parts.ports.oidc.signOuts.proved(login.accountId, login.ts);
  return finish(visit, { login: { ...login, ts, remember: true } }, false);
}

async function submitLogin(parts: Parts, visit: Visit): Promise<FastifyReply> {
  const { request, client, interaction } = visit;
  const ctx = parts.open(interactionRequest(request, client.tenantId));
  const email = fieldOf(request, 'email');
  try {
    const outcome: SignInOutcome = await signIn(ctx, { email, password: fieldOf(request, 'password') });
    return await afterSignIn(parts, visit, ctx, outcome);
  } catch (error) {
    const { text, status } = problemOf(error);
    const form = { base: baseOf(visit), csrf: csrfOf(parts, interaction.uid), problem: text };
    return send(visit, loginPage(form, client.name, email), status);
  }
}

async function submitMfa(parts: Parts, visit: Visit): Promise<FastifyReply> {
  const { request, client, interaction } = visit;
  const ctx = parts.open(interactionRequest(request, client.tenantId));
  const challenge = fieldOf(request, 'challenge');
  const [totp, recoveryCode] = [fieldOf(request, 'totp'), fieldOf(request, 'recoveryCode')].map(
    (code) => code.trim() || null,
  );
  try {
    return await afterSignIn(parts, visit, ctx, await verifyMfa(ctx, { challenge, totp, recoveryCode }));
  } catch (error) {
    const { text, status } = problemOf(error);
    const form = { base: baseOf(visit), csrf: csrfOf(parts, interaction.uid), problem: text };
    // A challenge that is over begins with the password again.
    if (error instanceof TokenInvalid)
      return send(
        visit,
        loginPage({ ...form, problem: 'That took too long. Sign in again.' }, client.name, ''),
        status,
      );
    return send(visit, mfaPage(form, challenge, ['TOTP', 'RECOVERY_CODE']), status);
  }
}

async function grantOf({ provider, interaction }: Visit) {
  const { grantId, session, params } = interaction;
  const known = grantId ? await provider.Grant.find(grantId) : undefined;
  return known ?? new provider.Grant({ accountId: session?.accountId as string, clientId: String(params.client_id) });
}

async function recordConsent({ open }: Parts, { request, client, interaction }: Visit): Promise<void> {
  const ctx = open(interactionRequest(request, client.tenantId));
  const userId = interaction.session?.accountId ?? null;
  const viewer = { ...ctx.viewer, kind: 'user', id: userId } as const;
  const data = { applicationId: client.id, scopes: wishesOf(interaction) };
  await write(ctx, async (tx) => record(tx, { ...ctx, viewer }, { type: 'consent_granted', userId, data }));
}

async function submitConsent(parts: Parts, visit: Visit): Promise<FastifyReply> {
  const details = visit.interaction.prompt.details as ConsentDetails;
  const grant = await grantOf(visit);
  if (details.missingOIDCScope) grant.addOIDCScope(details.missingOIDCScope.join(' '));
  if (details.missingOIDCClaims) grant.addOIDCClaims(details.missingOIDCClaims);
  for (const [indicator, scopes] of Object.entries(details.missingResourceScopes ?? {}))
    grant.addResourceScope(indicator, scopes.join(' '));
  await recordConsent(parts, visit);
  return finish(visit, { consent: { grantId: await grant.save() } }, true);
}

/** Takes one of the forms of an interaction. */
export async function submitInteraction(parts: Parts, visit: Visit, step: string): Promise<FastifyReply> {
  if (!isOwnForm(parts, visit))
    return send(
      visit,
      page('This did not work', '<p>The form did not come from this page. Go back and try again.</p>'),
      403,
    );
  const prompt = visit.interaction.prompt.name;
  if (step === 'abort')
    return finish(visit, { error: 'access_denied', error_description: 'The person did not allow it' }, false);
  if (step === 'login' && prompt === 'login') return submitLogin(parts, visit);
  if (step === 'mfa' && prompt === 'login') return submitMfa(parts, visit);
  if (step === 'consent' && prompt === 'consent') return submitConsent(parts, visit);
  throw new InvalidInput({ step: 'is not what this interaction waits for' });
}
