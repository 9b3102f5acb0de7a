const MAX_LENGTH = 100;

/** How many letters must be changed, added or left out to make one word the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(same, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** The known word that somebody most likely meant; null where none is near. */
function nearest(word: string, known: Iterable<string>): string | null {
  if (word.length > MAX_LENGTH) return null;
  let best: { word: string; far: number } | null = null;
  for (const each of known) {
    const far = distance(word.toLowerCase(), each.toLowerCase());
    if (far <= Math.max(2, each.length / 3) && (!best || far < best.far)) best = { word: each, far };
  }
  return best?.word ?? null;
}

/** What to say of a word that is none of the known ones. */
export function unknownWord(what: string, word: string, known: Iterable<string>): string {
  const meant = nearest(word, known);
  const shown = word.slice(0, MAX_LENGTH);
  return meant ? `there is no ${what} \`${shown}\`; did you mean \`${meant}\`?` : `there is no ${what} \`${shown}\``;
}
