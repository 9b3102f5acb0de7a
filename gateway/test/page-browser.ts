import type { Answer } from './browser.ts';
import { openBrowser } from './browser.ts';

/** What a person sees of a page, and can do there, in a browser without scripts. */
export interface Sight {
  status: number;
  /** Path with its query at which the browser is in the end; a whole address of another site, to which it was sent. */
  at: string;
  title: string;
  html: string;
  headers: Answer['headers'];
  /** Text of the refusal at the top; null where there is none. */
  alert: string | null;
  /** Text under this field that says what is wrong with it; null where nothing is. */
  wrong(name: string): string | null;
}

export interface PageBrowser {
  cookies: Map<string, string>;
  /** The page last seen. */
  seen(): Sight | null;
  /** Sends a form that is not as the pages of accounts have it. */
  post(action: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Sight>;
  open(path: string, headers?: Record<string, string>): Promise<Sight>;
  /** Fills in the form of this action as it stands on the page last seen, presses a button of it, and follows where it leads. */
  submit(action: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Sight>;
}

const ORIGIN = 'http://localhost:4000';
const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const textOf = (html: string | undefined) =>
  html === undefined ? null : unescaped(html.replaceAll(/<[^>]*>/g, '').trim());

function sightOf({ status, text: html, headers }: Answer, at: string): Sight {
  return {
    status,
    at,
    html,
    headers,
    title: textOf(/<h1>([\s\S]*?)<\/h1>/.exec(html)?.[1]) ?? '',
    alert: textOf(/role="alert">([\s\S]*?)<\/p>/.exec(html)?.[1]),
    wrong: (name) => textOf(new RegExp(`id="${name}-wrong">([^<]*)</p>`).exec(html)?.[1]),
  };
}

/** Values that the form has by itself, which are what people do not change. */
function kept(form: string): Record<string, string> {
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !tag.includes('type="checkbox"'));
  const attribute = (tag: string, name: string) => unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]));
}

/** A browser without scripts at the pages of the gateway on this port. */
export function openPageBrowser(port: number): PageBrowser {
  const client = openBrowser(port);
  const cookies = new Map<string, string>();
  let last: Sight | null = null;

  async function go(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await client.send(method, path, { ...headers, ...(cookie && { cookie }) }, body);
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return answer;
  }

  async function follow(answer: Answer, from: string, headers: Record<string, string>): Promise<Sight> {
    let [seen, at] = [answer, from];
    for (let step = 0; step < 10 && seen.status === 303; step++) {
      at = String(seen.headers.location).replace(ORIGIN, '');
      // Of an application, which is nowhere.
      if (!at.startsWith('/')) break;
      seen = await go('GET', at, headers);
    }
    last = sightOf(seen, at);
    return last;
  }

  const send = async (action: string, fields: Record<string, string>, headers: Record<string, string>) => {
    const typed = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: ORIGIN,
      referer: `${ORIGIN}${last?.at}`,
      ...headers,
    };
    return follow(await go('POST', action, typed, new URLSearchParams(fields).toString()), action, headers);
  };

  return {
    cookies,
    seen: () => last,
    post: (action, fields, headers = {}) => send(action, fields, headers),
    open: async (path, headers = {}) => follow(await go('GET', path, headers), path, headers),
    async submit(action, fields = {}, headers = {}) {
      const forms = [...(last?.html.matchAll(/<form method="post" action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g) ?? [])];
      const all = forms.filter(([, target]) => target === action).map(([, , form]) => form as string);
      const [form] = all.filter((each) => fields.act === undefined || each.includes(`value="${fields.act}"`));
      if (form === undefined) throw new Error(`no form ${action} in ${last?.status} ${last?.html}`);
      return send(action, { ...kept(form), ...fields }, headers);
    },
  };
}
