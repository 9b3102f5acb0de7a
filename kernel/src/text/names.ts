/**
 * The one place that normalises text. NFKC takes time that grows with the square of a run of combining marks, so the text is measured first: null
 * for one of more than `max` UTF-16 code units, which is never touched.
 */
export function normalForm(text: string, max: number): string | null {
  return text.length > max ? null : text.normalize('NFKC');
}

// Joiners are part of emoji and of Persian and Indic words; every other character of these classes only hides or reorders what is beside it.
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?![\u200c\u200d])\p{Cf}/u;
const EVERY_HIDDEN = new RegExp(HIDDEN, 'gu');
const ADDRESS = /:\/\/|\bwww\./i;
// Where one word ends in a dot and the next begins at once, mail programs see the name of a host.
const HOST_DOT = /(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu;

/** Why a text cannot be the name of something, other than its length; null for a good one. It must read as what it is wherever it is shown. */
export function nameProblem(text: string): string | null {
  if (HIDDEN.test(text)) return 'holds characters that cannot be seen or that turn the direction of others';
  return ADDRESS.test(text) ? 'must not hold the address of a page' : null;
}

/** A name that somebody chose, to stand in a message to somebody else: nothing hidden, one line, nothing that a mail program makes a link of. */
export function quotedName(name: string): string {
  return name
    .slice(0, 100)
    .toWellFormed()
    .replace(EVERY_HIDDEN, '')
    .replaceAll('://', ' ')
    .replace(HOST_DOT, '\u00b7')
    .trim();
}
