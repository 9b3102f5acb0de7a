import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { html } from '@polity/kernel/pages/html';
import { acceptedLanguage, languageOf } from '@polity/kernel/pages/language';
import { page } from '@polity/kernel/pages/page';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accountPage } from './account.ts';
import { authorizePage } from './authorize.ts';
import type { PageDefinition } from './definition.ts';
import { devicePage } from './device.ts';
import { emailCodePage } from './email-code.ts';
import { Refused } from './graph.ts';
import { invitationPage } from './invitation.ts';
import { activatePage, confirmEmailPage, forgotPasswordPage, resetPasswordPage } from './links.ts';
import { refusalText } from './messages/refusals.ts';
import { enrolPage, factorPage, reauthenticatePage } from './second-factor.ts';
import { signInPage, signOutPage } from './sign-in.ts';
import { signUpPage } from './sign-up.ts';
import { upstreamPage, upstreamReturnPage } from './upstream.ts';
import { catalogues, openVisit, type PageParts, SCRIPT, type Visit } from './visit.ts';

/** Largest form of a page, in bytes: what a new passkey says of itself is the largest. */
const FORM_LIMIT = 128 * 1024;
const YEAR_SECONDS = 365 * 24 * 3600;

const languagePage: PageDefinition = {
  path: '/account/language',
  show: ({ go }) => go('/account'),
  take(visit) {
    const language = languageOf(visit.given('language'));
    if (language) visit.setCookie('language', language, YEAR_SECONDS);
    const { referer } = visit.request.headers;
    const from = URL.parse(referer ?? '');
    // A page that only a form leads to cannot be shown again.
    if (!from?.pathname.startsWith('/account')) return visit.go('/account');
    from.searchParams.delete('ui_locales');
    return visit.go(`${from.pathname}${from.search}`);
  },
};

const pages: readonly PageDefinition[] = [
  accountPage,
  authorizePage,
  devicePage,
  signInPage,
  signOutPage,
  factorPage,
  enrolPage,
  reauthenticatePage,
  signUpPage,
  activatePage,
  forgotPasswordPage,
  resetPasswordPage,
  confirmEmailPage,
  invitationPage,
  emailCodePage,
  upstreamPage,
  upstreamReturnPage,
  languagePage,
];

const STATUS: Readonly<Record<string, number>> = {
  RATE_LIMITED: 429,
  OVERLOADED: 503,
  SUBGRAPH_UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
};

/** What a refusal of any page leads to, before the page says it: proving who one is, or signing in. */
function elsewhere(visit: Visit, { code }: Refused): FastifyReply | null {
  const back = { continue: visit.next ?? '/account' };
  if (code === 'STEP_UP_REQUIRED' || code === 'MFA_REQUIRED')
    return visit.go(visit.link('/account/reauthenticate', back));
  return code === 'UNAUTHENTICATED' ? visit.go(visit.link('/account/sign-in', back)) : null;
}

async function answer({ show, take }: PageDefinition, visit: Visit): Promise<FastifyReply> {
  if (visit.request.method === 'GET' || !take) return show(visit);
  try {
    return await take(visit);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const again = elsewhere(visit, error) ?? (await show(visit, error));
    return STATUS[error.code] ? again.code(STATUS[error.code] as number) : again;
  }
}

/** What could not be shown: a sentence, the id of the request and a way back. */
function showFailure(request: FastifyRequest, reply: FastifyReply, code: string, status: number): FastifyReply {
  const language = acceptedLanguage(request.headers['accept-language']) ?? 'en';
  const say = catalogues[language];
  const body = html`<p>${refusalText(code, language)}</p><p class="hint">${say.requestIs(request.id)}</p><p><a class="button" href="/account">${say.toAccount}</a></p>`;
  const { text, headers } = page({ language, title: say.tryAgainTitle, site: 'Polity', accent: null }, body);
  return reply.code(status).headers(headers).send(text);
}

function answerFailures(app: FastifyInstance, { runtime }: PageParts): void {
  app.setErrorHandler((error: FastifyError | Refused, request, reply) => {
    if (error instanceof Refused) return showFailure(request, reply, error.code, STATUS[error.code] ?? 400);
    const status = error.statusCode ?? 500;
    if (status >= 500) runtime.log.error({ err: error, requestId: request.id }, 'a page failed');
    return showFailure(request, reply, status < 500 ? 'VALIDATION_ERROR' : 'INTERNAL_ERROR', status);
  });
}

function scriptRoute(app: FastifyInstance): void {
  const script = readFileSync(new URL('../../assets/account.js', import.meta.url));
  const etag = `"${createHash('sha256').update(script).digest('base64url')}"`;
  app.get(SCRIPT, async ({ headers }, reply) => {
    reply.headers({ 'cache-control': 'no-cache', etag }).type('text/javascript; charset=utf-8');
    return headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(script);
  });
}

/** The pages of people's accounts: they ask the graph as any client does, and need no script but for passkeys and mailed links. */
export async function accountPages(app: FastifyInstance, parts: PageParts): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const form = { parseAs: 'string', bodyLimit: FORM_LIMIT } as const;
    scope.addContentTypeParser('application/x-www-form-urlencoded', form, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    answerFailures(scope, parts);
    scriptRoute(scope);
    for (const definition of pages) {
      scope.route({
        method: definition.take ? ['GET', 'POST'] : ['GET'],
        url: definition.path,
        handler: async (request, reply) => answer(definition, await openVisit(parts, request, reply)),
      });
    }
  });
}
