import { request as httpRequest } from 'node:http';

type Headers = Record<string, string>;

/** What came back, as a client sees it. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of many shapes
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  errors: any[];
  /** Codes of the errors, in their order. */
  codes: (string | undefined)[];
}

/** A client that keeps its cookie, as a browser does. */
export interface Browser {
  /** Value of the session cookie; null when there is none. Tests may set it. */
  cookie: string | null;
  /** Sends anything; the cookie goes along. */
  send(method: string, path: string, headers?: Headers, body?: string): Promise<Answer>;
  ask(query: string, variables?: Record<string, unknown>, headers?: Headers): Promise<Answer>;
  /** The first field of an operation that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: the same
  get(query: string, variables?: Record<string, unknown>, headers?: Headers): Promise<any>;
  signIn(email: string, password?: string): Promise<Answer>;
}

const SIGN_IN =
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { user { id username } } } }';

function exchange(port: number, method: string, path: string, headers: Headers, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const json = parsed(text);
        const errors = json?.errors ?? [];
        const codes = errors.map((error: { extensions?: { code?: string } }) => error.extensions?.code);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, data: json?.data, errors, codes });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A browser that talks to the gateway on this port; `host` is what its address bar says. */
export function openBrowser(port: number, host = 'localhost:4000', cookieName = 'polity'): Browser {
  const browser: Browser = {
    cookie: null,
    async send(method, path, headers = {}, body) {
      const cookie: Headers = browser.cookie ? { cookie: `${cookieName}=${browser.cookie}` } : {};
      const answer = await exchange(port, method, path, { host, ...cookie, ...headers }, body);
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const value = line.startsWith(`${cookieName}=`) ? line.slice(cookieName.length + 1).split(';')[0] : undefined;
        if (value !== undefined) browser.cookie = value || null;
      }
      return answer;
    },
    ask: (query, variables, headers = {}) =>
      browser.send(
        'POST',
        '/graphql',
        { 'content-type': 'application/json', ...headers },
        JSON.stringify({ query, variables }),
      ),
    async get(query, variables, headers) {
      const answer = await browser.ask(query, variables, headers);
      if (answer.errors.length > 0 || !answer.data) throw new Error(`${query}: ${answer.status} ${answer.text}`);
      return Object.values(answer.data)[0];
    },
    signIn: (email, password = 'polity-demo-password') => browser.ask(SIGN_IN, { input: { email, password } }),
  };
  return browser;
}
