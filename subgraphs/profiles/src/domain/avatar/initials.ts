import { normalForm } from '@polity/kernel/text/names';

/** Longer than any display name. */
const MAX_NAME = 200;

/** Up to two letters that stand for a name: of its first and its last word, each with its marks. */
function initialsOf(name: string): string {
  const letters = (normalForm(name, MAX_NAME) ?? '').match(/(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}]\p{M}{0,3}/gu) ?? [];
  return (
    (letters.length > 1 ? [letters[0], letters.at(-1)] : letters).join('').toLocaleUpperCase('en').slice(0, 8) || '?'
  );
}

/** A picture of letters, as an address that holds all of it: an SVG without any script, whose colour is that of the person's id. */
export function initialsSvg(id: string, name: string, size: number): string {
  const hue = Number.parseInt(id.replaceAll('-', '').slice(-4), 16) % 360;
  const text = `<text x="50%" y="50%" dy=".36em" text-anchor="middle" font-family="sans-serif" font-size="44" fill="#fff">${initialsOf(name)}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 100 100"><rect width="100" height="100" fill="hsl(${hue} 45% 38%)"/>${text}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
