import { createHash, randomBytes } from 'node:crypto';
import type { Browser } from './browser.ts';
import { openPageBrowser, type PageBrowser, type Sight } from './page-browser.ts';

export const CALLBACK = 'https://app.example/callback';

/** A person whose browser an application sends to the OpenID Connect provider; its session cookie goes along. */
export interface ProviderVisit {
  page: PageBrowser;
  /** Opens an authorization request, and follows where it leads. */
  authorize(more?: Record<string, string>): Promise<Sight>;
  /** Allows everything; throws where that does not end at the application. */
  connect(): Promise<void>;
  /** Whether the application gets a code without anything being asked. */
  isSignedIn(): Promise<boolean>;
}

const REGISTER = `mutation ($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } } }`;
const APPROVE = `mutation ($id: ID!) { approveApplication(id: $id) { status } }`;

/** An approved application of the demo tenant; its client id. */
export async function anApplication(admin: Browser, more: object = {}): Promise<string> {
  const input = { name: 'Notes', redirectUris: [CALLBACK], scopes: ['openid'], confidential: false, ...more };
  const { application } = await admin.get(REGISTER, { input });
  await admin.get(APPROVE, { id: application.id });
  return application.id;
}

/** Path of an authorization request, with PKCE. */
export function authorizePath(clientId: string, more: Record<string, string> = {}): string {
  const challenge = createHash('sha256').update(randomBytes(32).toString('base64url')).digest('base64url');
  const query = new URLSearchParams({
    ...{ client_id: clientId, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', ...more },
  });
  return `/oidc/authorize?${query}`;
}

/** What the application got. */
export const answerOf = ({ at, status, html }: Sight): URLSearchParams => {
  if (!at.startsWith(CALLBACK)) throw new Error(`not at the application: ${status} ${at} ${html}`);
  return new URL(at).searchParams;
};

/** The form of the page that the browser sees now, by where it leads. */
export const actionOf = ({ html, at, status }: Sight): string => {
  const [, action] = /<form method="post" action="(\/account\/authorize\/[^"]*)"/.exec(html) ?? [];
  if (!action) throw new Error(`no question in ${status} ${at} ${html}`);
  return action;
};

/** The person of this browser at the provider, for the application with this client id. */
export function visitProvider(port: number, browser: Browser, clientId: string): ProviderVisit {
  const page = openPageBrowser(port);
  const asOne = async (work: () => Promise<Sight>): Promise<Sight> => {
    if (browser.cookie) page.cookies.set('polity', browser.cookie);
    else page.cookies.delete('polity');
    const seen = await work();
    browser.cookie = page.cookies.get('polity') ?? null;
    return seen;
  };
  const authorize = (more: Record<string, string> = {}) => asOne(() => page.open(authorizePath(clientId, more)));
  return {
    page,
    authorize,
    async connect() {
      const seen = await authorize();
      if (seen.at.startsWith(CALLBACK)) return;
      const end = await asOne(() => page.submit(actionOf(seen), { act: 'allow' }));
      expect(answerOf(end).get('code')).toBeTruthy();
    },
    async isSignedIn() {
      const answer = answerOf(await authorize({ prompt: 'none' }));
      if (!answer.has('code')) expect(answer.get('error')).toBe('login_required');
      return answer.has('code');
    },
  };
}
