import { change, checked, name, told } from '@polity/kernel/domain/input';
import { z } from 'zod';
import type { ClaimNames } from './upstream.entity.ts';

export interface ProviderInput {
  name?: string | null | undefined;
  issuer?: string | null | undefined;
  clientId?: string | null | undefined;
  clientSecret?: string | null | undefined;
  scopes?: readonly string[] | null | undefined;
  claims?: Partial<Record<keyof ClaimNames, string | null | undefined>> | null | undefined;
  allowedDomains?: readonly string[] | null | undefined;
  enabled?: boolean | null | undefined;
}

const MAX_DOMAINS = 50;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const PRINTABLE = /^[\x21-\x7e]+$/;
const CLAIM = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

function issuerProblem(text: string): string | null {
  const url = text.length <= 500 ? URL.parse(text) : null;
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  return isWeb && !url.search && !url.hash ? null : 'must be an address such as https://login.example.org';
}

const claim = (otherwise: string) =>
  z
    .string()
    .regex(CLAIM, 'must be the name of a claim')
    .nullish()
    .transform((given) => given ?? otherwise);
const secretText = z.string().trim().min(1, 'is needed').max(500, 'is too long').regex(PRINTABLE, 'is no such text');

const schema = z.object({
  name: change(name(40)),
  issuer: change(told(z.string().trim(), issuerProblem)),
  clientId: change(secretText),
  clientSecret: change(secretText),
  scopes: change(
    z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'is no scope'))
      .min(1)
      .max(20)
      .transform((given) => [...new Set(['openid', ...given])]),
  ),
  claims: change(z.object({ email: claim('email'), name: claim('name'), username: claim('preferred_username') })),
  allowedDomains: change(
    z
      .array(z.string().trim().toLowerCase().regex(DOMAIN, 'is no domain'))
      .max(MAX_DOMAINS, `must be ${MAX_DOMAINS} at most`)
      .transform((given) => [...new Set(given)]),
  ),
  enabled: change(z.boolean()),
});

/** Reads what an administrator says about a provider. Throws InvalidInput that names each wrong field. */
export const readProvider = (input: ProviderInput) => checked(schema, input as z.input<typeof schema>);
