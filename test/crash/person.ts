import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '../../gateway/test/browser.ts';
import type { Tally } from './tally.ts';

/** What a client knows after it has asked: it was done, it was refused, or neither (an operation of which nothing is known may still be done later). */
export type Outcome =
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
  | { kind: 'yes'; data: any }
  | { kind: 'no'; code: string; details: Record<string, unknown> }
  | { kind: 'unknown'; why: string };

/** Codes that say nothing about whether it was done. */
const OPEN = new Set(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_ERROR', 'OVERLOADED', 'SERVICE_UNAVAILABLE']);
const PATIENCE_MS = 30_000;
const WAIT_MS = 250;

export interface Person {
  name: string;
  email: string;
  password: string;
  id: string;
  /** Sends an operation as this person, and signs in again where the session is gone. */
  ask(name: string, query: string, variables?: Record<string, unknown>): Promise<Outcome>;
  /** The same on another device, by which checks do not wait for acts. */
  look(query: string, variables?: Record<string, unknown>): Promise<Outcome>;
  /** Signs in anew before the next look. */
  forgetLook(): void;
}

function late(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer')), PATIENCE_MS).unref();
  });
}

/** Sends one operation and says what is known afterwards. */
export async function send(browser: Browser, query: string, variables: Record<string, unknown> = {}): Promise<Outcome> {
  try {
    const { status, data, errors } = await Promise.race([browser.ask(query, variables), late()]);
    const code = errors[0]?.extensions?.code as string | undefined;
    if (errors.length > 0 && (!code || OPEN.has(code))) return { kind: 'unknown', why: code ?? `status ${status}` };
    if (errors.length > 0) return { kind: 'no', code: code!, details: errors[0].extensions.details ?? {} };
    if (status !== 200 || !data) return { kind: 'unknown', why: `status ${status}` };
    return { kind: 'yes', data };
  } catch (error) {
    return { kind: 'unknown', why: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
  }
}

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';

export function person(
  { name, email, password, id = '' }: { name: string; email: string; password: string; id?: string },
  open: () => Browser,
  tally: Tally,
): Person {
  const devices = { desk: open(), phone: open() };
  const signIn = (browser: Browser) => send(browser, SIGN_IN, { input: { email, password } });

  async function signedIn(browser: Browser, query: string, variables?: Record<string, unknown>) {
    for (let tries = 0; ; tries++) {
      if (!browser.cookie) {
        const entered = await signIn(browser);
        if (entered.kind !== 'yes') return entered;
      }
      const outcome = await send(browser, query, variables);
      const isSignedOut = outcome.kind === 'no' && outcome.code === 'UNAUTHENTICATED';
      if (!isSignedOut || tries === 2) return outcome;
      browser.cookie = null;
    }
  }

  return {
    name,
    email,
    password,
    id,
    async ask(act, query, variables) {
      const outcome = tally.note(act, await signedIn(devices.desk, query, variables));
      // Whoever gets no answer waits a little, and leaves the machine to what is starting.
      if (outcome.kind === 'unknown') await sleep(WAIT_MS);
      return outcome;
    },
    look: (query, variables) => signedIn(devices.phone, query, variables),
    forgetLook: () => void (devices.phone.cookie = null),
  };
}
