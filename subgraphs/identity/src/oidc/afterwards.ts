import type { LiveSessions } from '@polity/kernel/request/live-sessions';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { BrowserSession } from './browser-session.ts';

/** How often a device may ask whether it was allowed (RFC 8628 section 3.2). */
const POLL_SECONDS = 5;

/**
 * Uses a code up that its own client could not prove to be its own: whoever has a code without its verifier, or with a wrong address, gets one
 * try (RFC 9700 section 4.5.3). The library uses it up only once everything was right.
 */
async function endMisusedCode({ oidc }: KoaContextWithOIDC): Promise<void> {
  const { client, params, provider } = oidc;
  const code = await provider.AuthorizationCode.find(String(params?.code ?? ''));
  if (code && client && code.clientId === client.clientId && code.isValid) await code.destroy();
}

/** Whoever signs out at the provider signs out of the browser: else the next application would find them signed in. */
async function endBrowserSession({ oidc }: KoaContextWithOIDC, liveSessions: LiveSessions): Promise<void> {
  const { browserSession } = (oidc.session ?? {}) as unknown as BrowserSession;
  if (oidc.params?.logout && browserSession) await liveSessions.end(browserSession);
}

interface DeviceAnswer {
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  interval: number;
}

/** People type the code on the page of accounts. */
function leadToPage(answer: DeviceAnswer, publicUrl: string): void {
  answer.verification_uri = `${publicUrl}/account/device`;
  answer.verification_uri_complete = `${answer.verification_uri}?${new URLSearchParams({ user_code: answer.user_code })}`;
  answer.interval = POLL_SECONDS;
}

interface Parts {
  liveSessions: LiveSessions;
  publicUrl: string;
}

/** What is done when the library has answered. */
export function afterwards({ liveSessions, publicUrl }: Parts) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const { oidc, body } = ctx;
    if (oidc?.route === 'token' && oidc.params?.grant_type === 'authorization_code') {
      if ((body as { error?: string } | undefined)?.error === 'invalid_grant') await endMisusedCode(ctx);
    }
    if (oidc?.route === 'end_session_confirm' && ctx.status === 303) await endBrowserSession(ctx, liveSessions);
    if (oidc?.route === 'device_authorization' && ctx.status === 200) leadToPage(body as DeviceAnswer, publicUrl);
    // RFC 7009 leaves the body open, and some clients read every answer as JSON.
    if (oidc?.route === 'revocation' && ctx.status === 200) ctx.body = {};
  };
}
