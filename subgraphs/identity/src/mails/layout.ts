import { html } from '@polity/kernel/pages/html';
import type { Language } from '@polity/kernel/pages/language';
import { coloursOf } from '@polity/kernel/pages/page';
import type { Mail } from '../mail.ts';

/** A mail before it has a form. */
export interface Letter {
  to: string;
  language: Language;
  /** Whose mail it is: the name of the tenant. */
  site: string;
  accent: string | null;
  subject: string;
  paragraphs: string[];
  button: { label: string; url: string };
  /** What stands before the address of the button, for whoever cannot press it. */
  orCopy: string;
  /** Why the reader gets it, and from where. */
  foot: string[];
  account: { label: string; url: string };
}

const INK = '#1a1d21';
const MUTED = '#4d5561';
const OURS = { accent: '#1f5fbf', onAccent: '#fff' };

function textOf({ site, paragraphs, button, foot, account }: Letter): string {
  const parts = [site, ...paragraphs, `${button.label}:\n${button.url}`];
  // Mail programs know by this line where the message ends.
  const ends = ['-- ', ...foot, ...(account.url === button.url ? [] : [`${account.label}: ${account.url}`])];
  return `${parts.join('\n\n')}\n\n${ends.join('\n')}\n`;
}

// Mail programs read no style sheets and load nothing, so each part says how it looks.
function htmlOf({
  language,
  site,
  accent: colour,
  subject,
  paragraphs,
  button,
  orCopy,
  foot,
  account,
}: Letter): string {
  const { accent, onAccent } = coloursOf(colour) ?? OURS;
  const { label, url } = button;
  return html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="margin:0;background:#fff;color:${INK};font:16px/1.5 system-ui,sans-serif"><div style="max-width:36rem;margin:0 auto;padding:1rem">
<p style="margin:0;border-top:5px solid ${accent};padding-top:.75rem;color:${MUTED}">${site}</p>
<h1 style="font-size:1.375rem;line-height:1.25;margin:.5rem 0 1rem">${subject}</h1>
${paragraphs.map((text) => html`<p>${text}</p>`)}
<p><a href="${url}" style="display:inline-block;padding:.625rem 1rem;border-radius:.375rem;background:${accent};color:${onAccent};font-weight:600;text-decoration:none">${label}</a></p>
<p style="color:${MUTED};font-size:.875rem;overflow-wrap:anywhere">${orCopy}<br>${url}</p>
<p style="margin-top:2rem;border-top:1px solid #8a929c;padding-top:1rem;color:${MUTED};font-size:.875rem">${foot.map((text) => html`${text}<br>`)}<a href="${account.url}" style="color:#1a4f9c">${account.label}</a></p>
</div></body></html>`.text;
}

/** The letter in both forms. */
export const mailOf = (letter: Letter): Mail => ({
  to: letter.to,
  subject: letter.subject,
  text: textOf(letter),
  html: htmlOf(letter),
  links: [...new Set([letter.button.url, letter.account.url])],
});
