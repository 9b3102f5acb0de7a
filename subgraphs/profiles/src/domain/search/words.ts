import { normalForm } from '@polity/kernel/text/names';

const MAX_TEXT = 512;
const MAX_WORDS = 6;
/** Words of so many letters are found with one letter wrong. */
const FORGIVEN_FROM = 5;

/** The words of a text in the form in which they are compared, in any script; none of a text that is far too long. */
export function wordsOf(text: string): string[] {
  const normal = normalForm(text, MAX_TEXT)?.toLowerCase() ?? '';
  return normal.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Words that somebody looks for, the first six. */
export const wantedWords = (query: string): string[] => wordsOf(query).slice(0, MAX_WORDS);

/** Whether two words differ by one letter more, less or other, or by two that changed places. */
export function isOneEdit(a: string, b: string): boolean {
  const [x, y] = [[...a], [...b]];
  if (Math.abs(x.length - y.length) > 1) return false;
  let start = 0;
  while (start < x.length && start < y.length && x[start] === y[start]) start++;
  let end = 0;
  while (end < x.length - start && end < y.length - start && x.at(-1 - end) === y.at(-1 - end)) end++;
  const [restX, restY] = [x.slice(start, x.length - end), y.slice(start, y.length - end)];
  if (Math.max(restX.length, restY.length) <= 1) return true;
  return restX.length === 2 && restY.length === 2 && restX[0] === restY[1] && restX[1] === restY[0];
}

/** Whether a wanted word of five letters or more begins a word, but for one edit. */
function beginsAlmost(wanted: string, word: string): boolean {
  const letters = [...word];
  const { length } = [...wanted];
  return [-1, 0, 1].some((more) => isOneEdit(wanted, letters.slice(0, length + more).join('')));
}

/** How well words fit what is looked for: 0 for words that begin so, 1 with a letter wrong, null where one is not there. */
export function fitOf(wanted: readonly string[], words: readonly string[]): 0 | 1 | null {
  let fit: 0 | 1 = 0;
  for (const each of wanted) {
    if (words.some((word) => word.startsWith(each))) continue;
    if ([...each].length < FORGIVEN_FROM || !words.some((word) => beginsAlmost(each, word))) return null;
    fit = 1;
  }
  return fit;
}
