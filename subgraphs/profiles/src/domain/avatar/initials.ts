/** Up to two letters that stand for a name: of its first and its last word. */
function initialsOf(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].flatMap((word) =>
    word ? ([...new Intl.Segmenter().segment(word)][0]?.segment ?? '') : [],
  );
  return letters.join('').toLocaleUpperCase('en').slice(0, 8) || '?';
}

/** A picture of letters, as an address that holds all of it: an SVG without any script, whose colour is that of the person's id. */
export function initialsSvg(id: string, name: string, size: number): string {
  const hue = Number.parseInt(id.replaceAll('-', '').slice(-4), 16) % 360;
  const text = `<text x="50%" y="50%" dy=".36em" text-anchor="middle" font-family="sans-serif" font-size="44" fill="#fff">${initialsOf(name)}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 100 100"><rect width="100" height="100" fill="hsl(${hue} 45% 38%)"/>${text}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
