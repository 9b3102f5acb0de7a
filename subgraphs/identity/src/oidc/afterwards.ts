import type { LiveSessions } from '@polity/kernel/request/live-sessions';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { BrowserSession } from './browser-session.ts';

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

/** What is done when the library has answered. */
export function afterwards(liveSessions: LiveSessions) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const { oidc, body } = ctx;
    if (oidc?.route === 'token' && oidc.params?.grant_type === 'authorization_code') {
      if ((body as { error?: string } | undefined)?.error === 'invalid_grant') await endMisusedCode(ctx);
    }
    if (oidc?.route === 'end_session_confirm' && ctx.status === 303) await endBrowserSession(ctx, liveSessions);
    // RFC 7009 leaves the body open, and some clients read every answer as JSON.
    if (oidc?.route === 'revocation' && ctx.status === 200) ctx.body = {};
  };
}
