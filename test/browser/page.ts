import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

export interface Reply {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export interface Begun {
  challenge: string;
  options: Record<string, unknown>;
}

/** Asks the gateway from within the page, with the page's cookies and origin. */
export function ask(page: Page, query: string, variables: Record<string, unknown> = {}): Promise<Reply> {
  return page.evaluate(async (body) => {
    const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return (await response.json()) as Reply;
  }, JSON.stringify({ query, variables }));
}

/** The value of the one root field that was asked for. Throws for errors. */
export async function fieldOf<Value>(
  page: Page,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Value> {
  const { data, errors } = await ask(page, query, variables);
  if (errors?.length || !data) throw new Error(`unexpected errors: ${JSON.stringify(errors)}`);
  return Object.values(data)[0] as Value;
}

export const codesOf = ({ errors }: Reply) => (errors ?? []).map(({ extensions }) => extensions?.code);

/** A page of its own session, which can hold ceremonies. */
export async function openPage(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript({ path: join(import.meta.dirname, 'ceremony.js') });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Pixels by which the page is wider than a phone, where whatever sticks out is not found. */
export async function widerThanPhone(page: Page): Promise<number> {
  await page.setViewportSize({ width: 390, height: 844 });
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
}

/** `navigator.credentials.create`; answers with the JSON of the credential, or with the name of the browser's error. */
export function create(page: Page, options: Begun['options']): Promise<unknown> {
  return page.evaluate(`ceremony.create(${JSON.stringify(options)})`);
}

/** `navigator.credentials.get`, in a dialog or, when conditional, in the autofill of a form; answers like `create`. */
export function get(
  page: Page,
  options: Begun['options'],
  mediation: 'optional' | 'conditional' = 'optional',
): Promise<unknown> {
  return page.evaluate(`ceremony.get(${JSON.stringify(options)}, '${mediation}')`);
}

/** Puts a sign-in form with autofill by passkey into the page; whether the browser has conditional UI. */
export function showForm(page: Page): Promise<unknown> {
  return page.evaluate('ceremony.showForm()');
}
