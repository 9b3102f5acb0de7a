import { randomInt } from 'node:crypto';
import { nameProblem, normalForm } from '@polity/kernel/text/names';

const USERNAME = /^[a-z0-9](?:[a-z0-9._-]{1,30})[a-z0-9]$/;
const RESERVED = new Set([
  'admin',
  'administrator',
  'root',
  'system',
  'support',
  'polity',
  'moderator',
  'deleted',
  'everyone',
  'here',
  'null',
  'undefined',
]);
// Deliberately wide: whether an address works is shown by the mail that is sent to it.
const EMAIL = /^[^\s@"(),:;<>[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/** Longest text that is looked at as an address or a user name, which are far shorter. */
const MAX_GIVEN = 512;
const TOO_LONG = ' ';

function normalName(text: string): string {
  return normalForm(text, MAX_GIVEN)?.trim().toLowerCase() ?? TOO_LONG;
}

/** The one form in which an address is stored and compared; no address at all for a text that is far too long for one. */
export const normalEmail = (email: string): string => normalName(email);

/** The one form in which a user name is stored and compared; no user name for a text that is far too long for one. */
export const normalUsername = (username: string): string => normalName(username);

/** Why an address, in its normal form, is refused; null for one that may be tried. */
export function emailProblem(email: string): string | null {
  return email.length <= 254 && EMAIL.test(email) && !INVISIBLE.test(email) ? null : 'is not an e-mail address';
}

/** Why a user name is refused; null for a good one. */
export function usernameProblem(username: string): string | null {
  if (!USERNAME.test(username))
    return 'needs 3 to 32 characters: lower-case letters, digits, dots, dashes, underscores';
  return RESERVED.has(username) || username.startsWith('deleted-') ? 'is reserved' : null;
}

/** Why a display name is refused; null for a good one. */
export function displayNameProblem(name: string): string | null {
  const length = name.length > MAX_GIVEN ? MAX_GIVEN : [...name.trim()].length;
  if (length < 1 || length > 60) return 'needs 1 to 60 characters';
  return INVISIBLE.test(name) ? 'contains a character that cannot be seen' : nameProblem(name);
}

/** A name like the wished one for when that is taken; without a wish, one that says nothing about the person. */
export function anotherUsername(wish: string | null): string {
  return `${(wish ?? 'member').slice(0, 24)}-${randomInt(1_000_000, 9_999_999)}`;
}
