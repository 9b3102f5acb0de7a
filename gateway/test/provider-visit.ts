import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Browser } from './browser.ts';

const CALLBACK = 'https://app.example/callback';

/** A person at the pages of the OpenID Connect provider, in a browser whose session cookie goes along. */
export interface ProviderVisit {
  /** Signs in and allows everything; throws where that does not end at the application. */
  signIn(email: string): Promise<void>;
  /** Whether the application gets a code without anything being asked. */
  isSignedIn(): Promise<boolean>;
}

const REGISTER = `mutation ($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } } }`;
const APPROVE = `mutation ($id: ID!) { approveApplication(id: $id) { status } }`;

/** An approved application of the demo tenant; its client id. */
export async function anApplication(admin: Browser): Promise<string> {
  const input = { name: 'Notes', redirectUris: [CALLBACK], scopes: ['openid'], confidential: false };
  const { application } = await admin.get(REGISTER, { input });
  await admin.get(APPROVE, { id: application.id });
  return application.id;
}

function authorizePath(clientId: string, more: Record<string, string>): string {
  const challenge = createHash('sha256').update(randomBytes(32).toString('base64url')).digest('base64url');
  const query = new URLSearchParams({
    ...{ client_id: clientId, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', ...more },
  });
  return `/oidc/authorize?${query}`;
}

/** Opens the provider's pages in this browser, for the application with this client id. */
export function visitProvider(browser: Browser, clientId: string): ProviderVisit {
  const jar = new Map<string, string>();

  async function go(method: 'GET' | 'POST', path: string, form?: Record<string, string>): Promise<Answer> {
    const own = browser.cookie ? [`polity=${browser.cookie}`] : [];
    const headers = {
      cookie: [...own, ...[...jar].map(([name, value]) => `${name}=${value}`)].join('; '),
      ...(form && { origin: 'http://localhost:4000', 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const answer = await browser.send(method, path, headers, form && new URLSearchParams(form).toString());
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  }

  function submit({ status, text }: Answer, email: string): Promise<Answer> {
    const action = /action="([^"]*\/(?:login|consent))"/.exec(text)?.[1];
    const csrf = /name="csrf" value="([^"]*)"/.exec(text)?.[1];
    if (!action || !csrf) throw new Error(`no form in ${status} ${text}`);
    return go('POST', action, { csrf, email, password: 'polity-demo-password' });
  }

  return {
    async signIn(email) {
      let answer = await go('GET', authorizePath(clientId, { prompt: 'login' }));
      for (let step = 0; step < 8; step++) {
        const location = answer.headers.location as string | undefined;
        if (location?.startsWith(CALLBACK)) return;
        answer = location
          ? await go('GET', location.replace('http://localhost:4000', ''))
          : await submit(answer, email);
      }
      throw new Error(`the sign-in did not end: ${answer.status} ${answer.text}`);
    },
    async isSignedIn() {
      const { headers } = await go('GET', authorizePath(clientId, { prompt: 'none' }));
      const { searchParams } = new URL(headers.location as string);
      if (!searchParams.has('code')) expect(searchParams.get('error')).toBe('login_required');
      return searchParams.has('code');
    },
  };
}
