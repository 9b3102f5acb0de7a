import { randomBytes } from 'node:crypto';
import { AppError } from '@polity/kernel/graph/errors';
import { field, hidden } from '@polity/kernel/pages/form';
import { type Html, html } from '@polity/kernel/pages/html';
import {
  acceptedLanguage,
  firstLanguage,
  LANGUAGE_NAMES,
  LANGUAGES,
  type Language,
  languageOf,
} from '@polity/kernel/pages/language';
import { type Frame, page } from '@polity/kernel/pages/page';
import type { SignedIn } from '@polity/kernel/request/signed-in';
import type { ServiceClient } from '@polity/kernel/service/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { signedInOf } from '../signed-in.ts';
import { subdomainOf } from '../tenant.ts';
import { type PageCookie, pageCookie, readPageCookie } from './cookies.ts';
import { askGraph, type PageGraph, Refused } from './graph.ts';
import { da } from './messages/da.ts';
import { de } from './messages/de.ts';
import { en, type Messages } from './messages/en.ts';
import { problemText, refusalText } from './messages/refusals.ts';
import { ru } from './messages/ru.ts';
import { assertOwnForm, csrfOf } from './own-form.ts';
import { wayOn } from './way.ts';

export const catalogues: Readonly<Record<Language, Messages>> = { en, ru, de, da };

const YEAR_SECONDS = 365 * 24 * 3600;
export const SCRIPT = '/account/page.js';

/** What all pages are made with. */
export interface PageParts extends PageGraph {
  /** Signs the forms. */
  formKey: Buffer;
  services(tenantId: string | null): ServiceClient;
}

interface Place {
  slug: string;
  name: string;
  accentColor: string | null;
  logoUrl: string | null;
  language: string | null;
  signUpPolicy: string;
  emailCodes: boolean;
}

interface Person {
  id: string;
  displayName: string;
  email: string | null;
  language: string | null;
}

export interface Shown extends Partial<Pick<Frame, 'goOn' | 'wide' | 'formTargets' | 'script'>> {
  status?: number;
}

/** One request of a browser for a page. */
export interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
  language: Language;
  say: Messages;
  place: Place;
  /** Who is signed in; null for nobody, and for a session that the tenant wants a second factor of. */
  person: Person | null;
  /** The session has proved fewer factors than the tenant wants. */
  lacksFactor: boolean;
  /** What was typed, or stands in the address. */
  given(name: string): string;
  /** Slug of the tenant whose own host the browser is at; null at the public one. */
  hostTenant: string | null;
  /** Address of a path of ours at the host of that tenant. */
  atHost(slug: string, path: string): string;
  /** Where the person goes on afterwards: a path of ours; null for none. */
  next: string | null;
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Asks identity as the gateway, and not as whoever visits. Throws Refused. */
  askIdentity<Data>(query: string, variables: Record<string, unknown>): Promise<Data>;
  /** Who is signed in at the browser, as the OpenID Connect provider is told. */
  signedIn(): Promise<SignedIn | null>;
  cookie(name: PageCookie): string | null;
  setCookie(name: PageCookie, value: string, seconds: number): void;
  show(title: string, body: Html, more?: Shown): FastifyReply;
  /** A form of this page, with what proves that it is ours and what leads on. */
  form(action: string, body: Html, attributes?: Html): Html;
  /** The path with tenant and way on. */
  link(path: string, more?: Record<string, string>): string;
  /** Sends the browser on to a path of ours. */
  go(path: string): FastifyReply;
  /** What is wrong with a field, for a refusal. */
  wrong(refused: Refused | undefined, name: string): string | null;
  refusal(refused: Refused | undefined): string | null;
}

const PLACE =
  '{ tenant { slug name accentColor logoUrl language signUpPolicy emailCodes } me { id displayName email language } }';

interface Found {
  tenant: Place | null;
  me: Person | null;
  lacksFactor: boolean;
}

async function placeAndPerson(
  parts: PageParts,
  request: FastifyRequest,
  reply: FastifyReply,
  tenant: string | null,
): Promise<Found> {
  try {
    const found = await askGraph<Omit<Found, 'lacksFactor'>>(parts, request, reply, { query: PLACE, tenant });
    return { ...found, lacksFactor: false };
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'MFA_REQUIRED') throw error;
    const found = await askGraph<Omit<Found, 'lacksFactor'>>(parts, request, reply, {
      query: PLACE,
      tenant,
      signedOut: true,
    });
    return { ...found, me: null, lacksFactor: true };
  }
}

/** As the address wishes, as was chosen in this browser, that of the account, of the browser, of the tenant. */
function languageFor({ request, query, person, place }: Known, secure: boolean): Language {
  const { cookie, 'accept-language': accepted } = request.headers;
  return (
    firstLanguage(query.get('ui_locales')) ??
    languageOf(readPageCookie(cookie, 'language', secure)) ??
    languageOf(person?.language) ??
    acceptedLanguage(accepted) ??
    languageOf(place.language) ??
    'en'
  );
}

const NOWHERE: Place = {
  slug: '',
  name: 'Polity',
  accentColor: null,
  logoUrl: null,
  language: null,
  signUpPolicy: 'CLOSED',
  emailCodes: false,
};

/** Finds out who visits which page, in whose name and language it is shown. Throws Refused for a form that is not ours. */
export async function openVisit(parts: PageParts, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  const query = new URL(request.url, 'http://pages').searchParams;
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const given = (name: string) => form.get(name) ?? query.get(name) ?? '';
  const tenant = given('tenant') || null;
  const { tenant: found, me: person, lacksFactor } = await placeAndPerson(parts, request, reply, tenant);
  const visit = visitOf(parts, {
    request,
    reply,
    form,
    query,
    given,
    tenant,
    place: found ?? NOWHERE,
    person,
    lacksFactor,
  });
  if (request.method === 'POST') assertOwnForm(parts, request, form);
  return visit;
}

type Known = Pick<Visit, 'request' | 'reply' | 'given' | 'place' | 'person' | 'lacksFactor'> & {
  form: URLSearchParams;
  query: URLSearchParams;
  tenant: string | null;
};

async function askIdentity<Data>(
  { services }: PageParts,
  operation: string,
  variables: Record<string, unknown>,
): Promise<Data> {
  try {
    return await services(null).call<Data>('identity', operation, variables);
  } catch (error) {
    throw error instanceof AppError ? new Refused(error.code) : error;
  }
}

/** The page's footer: who is signed in, and the other languages. */
function footerOf({ say, language, person, form }: Visit): Html {
  const out =
    person && form('/account/sign-out', html`${say.signedInAs(person.displayName)} <button>${say.signOut}</button>`);
  const others = LANGUAGES.filter((each) => each !== language);
  return html`${out}<nav aria-label="${say.language}">${form(
    '/account/language',
    html`${others.map((each) => html`<button name="language" value="${each}" lang="${each}">${LANGUAGE_NAMES[each]}</button>`)}`,
  )}</nav>`;
}

function hostsOf({ runtime }: PageParts, { host }: FastifyRequest): Pick<Visit, 'hostTenant' | 'atHost'> {
  const { publicHost, cookie } = runtime;
  const scheme = cookie.secure ? 'https' : 'http';
  return {
    hostTenant: subdomainOf(host, publicHost),
    atHost: (slug, path) => `${scheme}://${slug}.${publicHost}${path}`,
  };
}

function visitOf(parts: PageParts, known: Known): Visit {
  const { request, reply, query, given, tenant, place } = known;
  const { secure } = parts.runtime.cookie;
  const language = languageFor(known, secure);
  const cookie = (name: PageCookie) => readPageCookie(request.headers.cookie, name, secure);
  const setCookie = (name: PageCookie, value: string, seconds: number) =>
    void reply.header('set-cookie', pageCookie(name, value, seconds, secure));
  const shown = cookie('form') ?? randomBytes(16).toString('base64url');
  if (!cookie('form')) setCookie('form', shown, YEAR_SECONDS);
  if (query.has('ui_locales')) setCookie('language', language, YEAR_SECONDS);
  const next = wayOn({ given, cookie, setCookie });
  const way = { ...(tenant && { tenant }), ...(next && { continue: next }) };
  const visit: Visit = {
    ...known,
    language,
    say: catalogues[language],
    next,
    ...hostsOf(parts, request),
    cookie,
    setCookie,
    askIdentity: (operation, variables) => askIdentity(parts, operation, variables),
    signedIn: () => signedInOf(parts.runtime, request.headers),
    ask: (operation, variables = {}) =>
      askGraph(parts, request, reply, { query: operation, variables, tenant, language }),
    show(title, body, { status = 200, ...more } = {}) {
      const { name: site, accentColor: accent, logoUrl } = place;
      // Files are served here, whatever host the browser knows us by.
      const logo = logoUrl && new URL(logoUrl).pathname;
      const frame = { language, title, site, accent, logo, footer: footerOf(visit), ...more };
      const { text, headers } = page(frame, body);
      return reply.code(status).headers(headers).send(text);
    },
    form: (action, body, attributes) =>
      html`<form method="post" action="${action}"${attributes && html` ${attributes}`}>${hidden('csrf', csrfOf(parts, shown))}${Object.entries(
        way,
      ).map(([name, value]) => hidden(name, value))}${body}</form>`,
    link(path, more = {}) {
      const search = new URLSearchParams({ ...way, ...more }).toString();
      return search ? `${path}?${search}` : path;
    },
    go: (path) => reply.redirect(path, 303),
    wrong: (refused, name) => (refused?.fields[name] ? problemText(refused.fields[name], language) : null),
    refusal: (refused) => (refused ? refusalText(refused.code, language) : null),
  };
  return visit;
}

/** Input of a field that keeps what was typed, with what is wrong about it. */
export function typed(
  visit: Visit,
  refused: Refused | undefined,
  { name, ...rest }: Parameters<typeof field>[0],
  prefix = '',
): Html {
  return field({ value: visit.given(name), wrong: visit.wrong(refused, name), ...rest, name }, prefix);
}

/** Pages from which the browser may be sent on to an application. */
const LEADS_OUT = /^\/(oidc|account\/authorize)\//;

/** Goes where the person was on the way to. What leads to an application is followed as a link, since a form may not lead there. */
export function goOn(visit: Visit, otherwise = '/account'): FastifyReply {
  const to = visit.next ?? otherwise;
  if (!LEADS_OUT.test(to)) return visit.go(to);
  const { say } = visit;
  return visit.show(say.goOn, html`<p>${say.goesOn}</p><p><a class="button" href="${to}">${say.goOn}</a></p>`, {
    goOn: to,
  });
}
