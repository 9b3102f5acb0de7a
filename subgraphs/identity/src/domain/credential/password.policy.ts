import { normalForm } from '@polity/kernel/text/names';

/** Shortest password, in Unicode code points (NIST SP 800-63B-4: 15 where the password may be the only factor). */
export const MIN_PASSWORD = 15;
/** Longest password in code points; a bound on what is hashed, not on memory. */
export const MAX_PASSWORD = 256;
/** Longest password as it is sent, in UTF-16 code units: four for each that is kept, because a letter may come with its marks apart. */
const MAX_SENT = 4 * MAX_PASSWORD;

/** The form that is checked and hashed, so that one password typed on two keyboards is one (NIST SP 800-63B 3.1.1.2); null for one that is too long. */
export const normalPassword = (password: string): string | null => normalForm(password, MAX_SENT);

const SEQUENCES = [
  '01234567890123456789012345678901234567890',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnmqwertyuiop',
  'qwertzuiopasdfghjklyxcvbnmqwertzuiop',
  'azertyuiopqsdfghjklmwxcvbnazertyuiop',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
];

function isRepetition(text: string): boolean {
  return text.length > 1 && (text + text).indexOf(text, 1) <= text.length / 2;
}

function isSequence(text: string): boolean {
  const reversed = [...text].reverse().join('');
  return SEQUENCES.some((sequence) => sequence.includes(text) || sequence.includes(reversed));
}

function shortestUnit(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}

function isContextual(plain: string, context: readonly string[]): boolean {
  let rest = plain;
  for (const word of context) {
    const known = (normalForm(word, MAX_SENT) ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
    if (known.length >= 4) rest = rest.replaceAll(known, '');
  }
  return rest.length < 8 && rest.length < plain.length;
}

/**
 * Why a password is refused, or null. Length and lists of what is guessed first decide; there are no composition rules.
 * `common` holds lower-case words; `context` what belongs to the person or the site: names, parts of the address.
 */
export function passwordProblem(
  password: string,
  common: ReadonlySet<string>,
  context: readonly string[],
): string | null {
  const text = normalPassword(password);
  if (text === null) return `may have at most ${MAX_PASSWORD} characters`;
  const length = [...text].length;
  if (text.includes('\0')) return 'contains a character that cannot be typed';
  if (length < MIN_PASSWORD) return `needs at least ${MIN_PASSWORD} characters`;
  if (length > MAX_PASSWORD) return `may have at most ${MAX_PASSWORD} characters`;
  const lower = text.toLowerCase();
  const plain = lower.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const letters = lower.replaceAll(/[^\p{L}]/gu, '');
  if (isRepetition(lower) || isRepetition(plain) || new Set(lower).size < 5) return 'repeats itself';
  if (isSequence(plain)) return 'is a row of keys';
  if (common.has(lower) || common.has(plain)) return 'is one of the most used passwords';
  if (letters.length < 10 && common.has(shortestUnit(letters))) return 'is a common word with a few more characters';
  if (isContextual(plain, context)) return 'is too close to your name or address, or to the name of this place';
  return null;
}
