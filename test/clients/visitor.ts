/** A person in a browser without scripts: cookies by origin, redirects followed, forms of Polity's pages filled in. */
export interface Visitor {
  /** Goes where an application sends its people, signs in and allows; ends at `until`, which is not fetched, or at the page that nothing leads on from. */
  go(url: string, until?: string): Promise<{ url: URL; text: string }>;
  send(url: string, init?: RequestInit): Promise<Response>;
}

interface Account {
  email: string;
  password: string;
}

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What the person does with a form of Polity. */
const ANSWERS: readonly [action: RegExp, fields: (account: Account) => Record<string, string>][] = [
  [/^\/account\/sign-in$/, (account) => ({ ...account, act: 'password' })],
  [/^\/account\/authorize\//, () => ({ act: 'allow' })],
  [/^\/account\/device$/, () => ({ act: 'allow' })],
];

interface Form {
  action: string;
  body: string;
}

function formOf(html: string, account: Account): Form | null {
  for (const [, action = '', form = ''] of html.matchAll(
    /<form method="post" action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g,
  )) {
    const answer = ANSWERS.find(([known]) => known.test(action))?.[1];
    if (!answer) continue;
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const kept = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, unescaped(value)]));
    return { action, body: new URLSearchParams({ ...kept, ...answer(account) }).toString() };
  }
  return null;
}

const goesOn = (html: string) => unescaped(/http-equiv="refresh" content="0;url=([^"]+)"/.exec(html)?.[1] ?? '');

export function visitor(account: Account): Visitor {
  const jars = new Map<string, Map<string, string>>();

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie && { cookie }) };
    const response = await fetch(url, { ...init, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value && !/max-age=0(;|$)/i.test(line)) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  }

  const submit = ({ action, body }: Form, from: string) => {
    const { origin } = new URL(from);
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
    return send(new URL(action, from).href, { method: 'POST', headers, body });
  };

  return {
    send,
    async go(start, until) {
      let url = start;
      let response = await send(url);
      for (let step = 0; step < 30; step++) {
        const text = response.headers.has('location') ? '' : await response.text();
        const next = response.headers.get('location') ?? goesOn(text);
        const form = next ? null : formOf(text, account);
        if (!next && !form) return { url: new URL(url), text };
        if (next) url = new URL(next, url).href;
        if (until && url.startsWith(until)) return { url: new URL(url), text: '' };
        response = form ? await submit(form, url) : await send(url);
      }
      throw new Error(`the way did not end: ${url}`);
    },
  };
}
