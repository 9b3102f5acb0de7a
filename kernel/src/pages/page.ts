import { randomBytes } from 'node:crypto';
import { Html, html } from './html.ts';
import { STYLE } from './style.ts';

/** What stands around the body of a page. */
export interface Frame {
  /** Language of the page, as `<html lang>` says it. */
  language: string;
  title: string;
  /** Whose page it is: the name of the tenant. */
  site: string;
  /** Colour of the tenant, `#rrggbb`; null for ours. */
  accent: string | null;
  /** Path of its picture; none by default. */
  logo?: string | null | undefined;
  footer?: Html;
  /** Path of the page's script; none by default, and then nothing runs. */
  script?: string | null;
  /** Where the browser goes on by itself, as by a link and not as by a form. */
  goOn?: string | null;
  /** Sources to which forms may lead in the end, beside this site. */
  formTargets?: readonly string[];
  /** Room for lists. */
  wide?: boolean;
}

export interface Page {
  text: string;
  headers: Readonly<Record<string, string>>;
}

const COLOUR = /^#[0-9a-f]{6}$/i;

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The tenant's colour with whichever of black and white can be read on it; null without one. */
export function coloursOf(accent: string | null | undefined): { accent: string; onAccent: string } | null {
  if (!accent || !COLOUR.test(accent)) return null;
  return { accent, onAccent: luminance(accent) > 0.179 ? '#000' : '#fff' };
}

function accentStyle(accent: string | null): string {
  const colours = coloursOf(accent);
  return colours ? `:root{--accent:${colours.accent};--on-accent:${colours.onAccent}}` : '';
}

/**
 * Headers of every page: nothing is loaded but its own script, nobody may frame it, and forms go to this site and on to where they end.
 * `same-origin` and not `no-referrer`, because browsers send `Origin: null` with forms of a page that hides its address.
 */
function headersOf({ script, logo, formTargets = [] }: Frame, nonce: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script ? ["script-src 'self'", "connect-src 'self'"] : []),
    ...(logo ? ["img-src 'self'"] : []),
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

/** A whole page with its headers. */
export function page(frame: Frame, body: Html): Page {
  const { language, title, site, accent, logo, footer, script, goOn, wide } = frame;
  const nonce = randomBytes(16).toString('base64');
  const style = new Html(`${STYLE}${accentStyle(accent)}`);
  const text = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
${goOn && html`<meta http-equiv="refresh" content="0;url=${goOn}">`}<title>${title} – ${site}</title><style nonce="${nonce}">${style}</style></head>
<body${wide && html` class="wide"`}><div class="page"><header><span class="site">${logo && html`<img src="${logo}" alt="" width="40" height="40">`}${site}</span></header><main><h1>${title}</h1>${body}</main>${footer && html`<footer>${footer}</footer>`}</div>
${script && html`<script type="module" src="${script}"></script>`}</body></html>`.text;
  return { text, headers: headersOf(frame, nonce) };
}
