import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { readPageCookie } from './cookies.ts';
import { type PageGraph, Refused } from './graph.ts';

interface FormParts extends Pick<PageGraph, 'runtime'> {
  /** Signs the forms. */
  formKey: Buffer;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Proves that a form is ours; another text in each answer, so that nothing can be found out by the length of answers (BREACH). */
export function csrfOf(
  { formKey }: Pick<FormParts, 'formKey'>,
  shown: string,
  salt = randomBytes(12).toString('base64url'),
): string {
  return `${salt}.${createHmac('sha256', formKey).update(`${salt}.${shown}`).digest('base64url')}`;
}

/** Throws Refused unless the form is one that we showed this browser, sent by a page of this site. */
export function assertOwnForm(parts: FormParts, { headers, host }: FastifyRequest, form: URLSearchParams): void {
  const { secure } = parts.runtime.cookie;
  const { origin, 'sec-fetch-site': site } = headers;
  const ours = [host, parts.runtime.publicHost].map((name) => `${secure ? 'https' : 'http'}://${name}`);
  const fromHere = origin === undefined ? site === 'same-origin' : ours.includes(origin);
  const shown = readPageCookie(headers.cookie, 'form', secure);
  const given = form.get('csrf') ?? '';
  if (!fromHere || !shown || !sameText(given, csrfOf(parts, shown, given.split('.')[0])))
    throw new Refused('FORM_EXPIRED');
}
