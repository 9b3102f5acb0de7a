import { InvalidInput } from '@polity/kernel/graph/errors';
import { Marked, type Tokens } from 'marked';
import sanitize from 'sanitize-html';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** HTML that someone types shows as the text that it is. */
const html = (token: Tokens.HTML | Tokens.Tag) =>
  token.block ? `<p>${escaped(token.text)}</p>\n` : escaped(token.text);
const markdown = new Marked({ gfm: true, async: false, renderer: { html } });

// What marked writes is sanitised all the same: two walls, so that a bug in one parser is no hole.
const safe: sanitize.IOptions = {
  allowedTags: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li', 'input'],
    ...['strong', 'em', 'del', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    a: ['href', 'title', 'rel'],
    img: ['src', 'alt', 'title', 'loading', 'referrerpolicy'],
    code: [{ name: 'class', values: ['language-*'] }],
    ol: ['start'],
    th: ['align'],
    td: ['align'],
    input: [{ name: 'type', values: ['checkbox'] }, 'checked', 'disabled'],
  },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
  transformTags: {
    a: sanitize.simpleTransform('a', { rel: 'nofollow noopener noreferrer' }),
    img: sanitize.simpleTransform('img', { loading: 'lazy', referrerpolicy: 'no-referrer' }),
    input: sanitize.simpleTransform('input', { type: 'checkbox', disabled: 'disabled' }),
  },
};

function parsed(text: string): string {
  try {
    return markdown.parse(text) as string;
  } catch (error) {
    // Thousands of nested quotes exhaust the stack of the parser.
    if (error instanceof RangeError) throw new InvalidInput({ body: 'is nested too deeply' });
    throw error;
  }
}

/** Safe HTML of a Markdown text: no script, no raw HTML of the author, no `data:` image. Throws InvalidInput for absurd nesting. */
export function renderMarkdown(text: string): string {
  return sanitize(parsed(text), safe).trim();
}
