import { existsSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium of this machine; undefined where there is none, and then a suite is skipped, never passed. */
export const executablePath = PLACES.find((path) => existsSync(path));

export function openBrowser(args: string[] = []): Promise<Browser> {
  // Root has no user namespaces to sandbox with; the browser opens nothing but our own pages.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...sandbox, '--disable-dev-shm-usage', ...args],
  });
}

/** An authenticator that Chromium plays to this page, driven by the DevTools protocol. */
export interface VirtualAuthenticator {
  userIsVerified(is: boolean): Promise<void>;
  /** Makes its next signatures wrong, or right again. */
  bogusSignatures(are: boolean): Promise<void>;
  credentials(): Promise<
    { credentialId: string; isResidentCredential: boolean; rpId?: string; signCount: number; userHandle?: string }[]
  >;
  remove(): Promise<void>;
}

export interface AuthenticatorKind {
  transport: 'internal' | 'usb';
}

async function authenticatorOf(session: CDPSession, authenticatorId: string): Promise<VirtualAuthenticator> {
  return {
    userIsVerified: async (isUserVerified) =>
      void (await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    bogusSignatures: async (isBogusSignature) =>
      void (await session.send('WebAuthn.setResponseOverrideBits', { authenticatorId, isBogusSignature })),
    credentials: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    remove: async () => void (await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })),
  };
}

/** Plugs an authenticator into the page: of the device itself, or a security key by USB. */
export async function plugIn(page: Page, { transport }: AuthenticatorKind): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorOf(session, authenticatorId);
}
