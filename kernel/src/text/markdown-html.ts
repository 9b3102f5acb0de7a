import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';
import { boundTables, checkTokens, MAX_NESTING, mustFit, OutOfBounds } from './markdown-bounds.ts';
import { addExtras } from './markdown-extras.ts';

/** Safe HTML of a text, or what is wrong with the text; the problem completes the sentence "body …". */
export type Rendered = { html: string } | { problem: string };

/** Characters of a text that is rendered at all. */
const MAX_TEXT = 100_000;

// HTML that someone types shows as the text that it is; linkify's patterns are quadratic, so addresses are found by markdown-extras.ts.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: MAX_NESTING });
// No scheme but these, and no address that borrows the scheme of the page it is shown on.
markdown.validateLink = (url) => /^(https?:|mailto:|(?![a-z][a-z0-9+.-]*:|[/\\]{2}))/i.test(url.trim());
boundTables(markdown);
addExtras(markdown);

// What the parser writes is sanitised all the same: two walls, so that a bug in one parser is no hole.
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

function htmlOf(text: string): string {
  const env = {};
  const tokens = markdown.parse(text, env);
  checkTokens(tokens, text.length);
  const raw = markdown.renderer.render(tokens, markdown.options, env);
  mustFit(raw.length, text.length);
  const html = sanitize(raw, safe).trim();
  mustFit(html.length, text.length);
  return html;
}

/**
 * Safe HTML of a Markdown text: no script, no raw HTML of the author, no `data:` image. Time and HTML are linear in the text. Runs on
 * the calling thread; servers call `renderMarkdown`.
 */
export function markdownToHtml(text: string): Rendered {
  if (text.length > MAX_TEXT) return { problem: `must be at most ${MAX_TEXT.toLocaleString('en')} characters long` };
  try {
    return { html: htmlOf(text) };
  } catch (error) {
    if (error instanceof OutOfBounds) return { problem: error.message };
    if (error instanceof RangeError) return { problem: 'is nested too deeply' };
    throw error;
  }
}
