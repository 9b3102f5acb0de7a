import type { Browser } from 'playwright-core';
import { executablePath, openBrowser } from './chromium.ts';
import { type Installation, startInstallation } from './installation.ts';

/** Skipped on a machine without Chromium, never passed. */
export const suite = executablePath ? describe : describe.skip;

/** What a suite runs on, from its first test on. */
interface InBrowser {
  browser: Browser;
  port: number;
  /** Of the installation, at its host. */
  origin: string;
}

/** Starts an installation at `host`, in one process unless told otherwise, and a browser before the tests of a suite, and stops both after them. */
export function inBrowser(
  host: string,
  args: (port: number) => string[] = () => [],
  begin: (host: string) => Promise<Installation> = startInstallation,
): InBrowser {
  const at = {} as InBrowser;
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const installation = await begin(host);
    stop = installation.stop;
    const { port } = installation;
    Object.assign(at, { port, origin: `http://${host}:${port}`, browser: await openBrowser(args(port)) });
  }, 300_000);
  afterAll(async () => {
    await at.browser?.close();
    await stop?.();
  }, 60_000);
  return at;
}
