import type { MarkdownIt, StateBlock, Token } from 'markdown-it';

/** Thrown while a text is parsed, when it cannot be shown within its bounds; the message completes "body …". */
export class OutOfBounds extends Error {}

/** Levels of quotes and lists, a list counting two. */
export const MAX_NESTING = 50;
const TOO_MUCH = 'becomes too much HTML: a large table, or one link used very often';

/** HTML that a text of that length may become, in characters. */
export const htmlLimit = (length: number): number => 8 * length + 65_536;

/** Throws OutOfBounds where the HTML is longer than the text may become. */
export function mustFit(html: number, text: number): void {
  if (html > htmlLimit(text)) throw new OutOfBounds(TOO_MUCH);
}

/** Characters that the smallest cell of a table takes: `<td></td>` and its line end. */
const CELL = 10;

function columnsOf(state: StateBlock, line: number): number {
  return state.src.slice(state.bMarks[line], state.eMarks[line]).split('|').length;
}

/**
 * Stops a table before its cells alone are more HTML than the text may become. The parser fills short rows up with empty cells, so that
 * a line of a thousand columns makes a thousand cells of every character below it.
 */
export function boundTables(md: MarkdownIt): void {
  const [table] = md.block.ruler.getRules('');
  if (!table) throw new Error('The Markdown parser has no rule for tables.');
  md.block.ruler.at(
    'table',
    (state, start, end, silent) => {
      if (silent || start + 2 > end) return table(state, start, end, silent);
      const used = typeof state.env['cells'] === 'number' ? state.env['cells'] : 0;
      const columns = columnsOf(state, start + 1);
      const last = start + 3 + Math.floor((htmlLimit(state.src.length) / CELL - used) / columns);
      if (!table(state, start, Math.min(end, last), silent)) return false;
      if (state.line >= last) throw new OutOfBounds(TOO_MUCH);
      state.env['cells'] = used + columns * (state.line - start);
      return true;
    },
    { alt: ['paragraph', 'reference'] },
  );
}

const attributesOf = ({ attrs }: Token) => attrs?.reduce((sum, [, value]) => sum + String(value).length, 0) ?? 0;

/** Throws OutOfBounds where nesting was cut off, or where the tokens alone hold more than the HTML may: a reference repeats its whole address. */
export function checkTokens(tokens: readonly Token[], text: number): void {
  let html = 0;
  for (const token of tokens) {
    if (token.nesting === 1 && token.level >= MAX_NESTING - 1) throw new OutOfBounds('is nested too deeply');
    html += attributesOf(token);
    for (const child of token.children ?? []) html += attributesOf(child) + child.content.length;
    mustFit(html, text);
  }
}
