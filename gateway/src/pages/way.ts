import type { Visit } from './visit.ts';

const NEXT = /^\/(?:account|oidc)(?:[/?][!-~]*)?$/;

/** A path of ours at which somebody may go on; null for anything else, so that no page leads astray. */
export function ownPath(path: string): string | null {
  return path.length <= 2_000 && NEXT.test(path) && !/[\\<>"]/.test(path) ? path : null;
}

/** Seconds for which a browser remembers what it was on the way to: as long as an application waits for its person. */
const WAY_SECONDS = 15 * 60;
/** Tokens of links that people use on the way somewhere: to sign in, to activate an account, to choose a password. */
const MAILED = /polity_(?:ml|ac|pr)_/;

/** Where the person goes on: as the form or the address says, or where a mailed link leads on to in this browser; it does so once. */
export function wayOn({ given, cookie, setCookie }: Pick<Visit, 'given' | 'cookie' | 'setCookie'>): string | null {
  const kept = MAILED.test(given('token')) ? ownPath(Buffer.from(cookie('way') ?? '', 'base64url').toString()) : null;
  if (kept) setCookie('way', '', 0);
  return ownPath(given('continue')) ?? kept;
}

/** Has the link that is mailed now lead on to where the person was on the way to, in this browser only: the mail says nothing of it. */
export function keepWay({ next, setCookie }: Visit): void {
  const kept = Buffer.from(next ?? '').toString('base64url');
  // What is longer than a cookie of ours may be is no page that waits for anybody.
  if (next && kept.length <= 200) setCookie('way', kept, WAY_SECONDS);
}
