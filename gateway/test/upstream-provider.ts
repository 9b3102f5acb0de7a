import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { PageBrowser, Sight } from './page-browser.ts';

/** How the provider departs from what it does by itself; null takes a claim away. */
export interface Answers {
  claims?: Record<string, unknown>;
  userinfo?: Record<string, unknown>;
  redirect?: Record<string, string>;
  forge?: 'signature' | 'none';
  status?: number;
}

export interface UpstreamProvider {
  issuer: string;
  /** Whom it speaks of from now on, and how. */
  answers(next: Answers): Promise<void>;
  close(): Promise<void>;
}

/** A provider of npm, which we did not write, as a process. */
export async function startProvider(): Promise<UpstreamProvider> {
  const child = fork(`${import.meta.dirname}/upstream-process.ts`, { execArgv: [], stdio: 'inherit' });
  const [{ issuer }] = (await once(child, 'message')) as [{ issuer: string }];
  return {
    issuer,
    async answers(next) {
      child.send(next);
      await once(child, 'message');
    },
    async close() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

const OURS = 'http://localhost:4000';

/** Where the page sends the browser by itself. */
export function leadsTo({ html, status }: Sight): string {
  const [, to] = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(html) ?? [];
  if (!to) throw new Error(`leads nowhere: ${status} ${html}`);
  return to.replaceAll('&amp;', '&');
}

/** Path at which the browser comes back from the provider, which asks nothing. */
export async function visitProvider(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual' });
  const back = answer.headers.get('location') ?? '';
  if (!back.startsWith(OURS)) throw new Error(`led to ${answer.status} ${back}`);
  return back.slice(OURS.length);
}

/** Presses the button of a provider on a sign-in page; the path at which the browser comes back. */
export async function begin(page: PageBrowser, provider: string, at = '/account/sign-in?tenant=acme'): Promise<string> {
  await page.open(at);
  return visitProvider(leadsTo(await page.submit('/account/upstream', { provider })));
}

/** Signs in at a provider, and follows where that leads. */
export async function signInAt(page: PageBrowser, provider: string, at?: string): Promise<Sight> {
  return page.open(await begin(page, provider, at));
}
