import type { MarkdownIt, StateCore, Token } from 'markdown-it';

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"]+/gi;
const count = (text: string, character: string) => text.split(character).length - 1;

/** The address without the punctuation of the sentence around it, and without a parenthesis that it does not open (GFM 6.9). */
function trimmed(found: string): string {
  let surplus = count(found, ')') - count(found, '(');
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] as string;
    if (last === ')' && surplus > 0) surplus--;
    else if (!`?!.,:;*_~'"`.includes(last)) break;
  }
  return found.slice(0, end);
}

function textToken(state: StateCore, content: string): Token {
  const token = new state.Token('text', '', 0);
  token.content = content;
  return token;
}

function linkTokens(state: StateCore, address: string): Token[] {
  const open = new state.Token('link_open', 'a', 1);
  open.attrs = [['href', state.md.normalizeLink(/^www\./i.test(address) ? `http://${address}` : address)]];
  return [open, textToken(state, address), new state.Token('link_close', 'a', -1)];
}

function linked(state: StateCore, text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = trimmed(found);
    if (!/(\/\/|\.)[^/.]/.test(address)) continue;
    if (index > from) tokens.push(textToken(state, text.slice(from, index)));
    tokens.push(...linkTokens(state, address));
    from = index + address.length;
  }
  if (from < text.length) tokens.push(textToken(state, text.slice(from)));
  return tokens;
}

function withLinks(state: StateCore, children: readonly Token[]): Token[] {
  let inside = 0;
  return children.flatMap((token) => {
    if (token.type === 'link_open') inside++;
    if (token.type === 'link_close') inside--;
    return token.type === 'text' && inside === 0 ? linked(state, token.content) : [token];
  });
}

/** `[ ]` and `[x]` at the beginning of a list item, as a box that nobody can tick. */
function withBox(state: StateCore, children: Token[]): Token[] {
  const [first] = children;
  const mark = first?.type === 'text' ? /^\[([ xX])\](?=\s)/.exec(first.content) : null;
  if (!first || !mark) return children;
  const box = new state.Token('task_box', 'input', 0);
  box.attrs = [
    ['type', 'checkbox'],
    ['disabled', 'disabled'],
    ...(mark[1] === ' ' ? [] : [['checked', ''] as [string, string]]),
  ];
  first.content = first.content.slice(mark[0].length);
  return [box, ...children];
}

function aligned(token: Token): void {
  const style = token.attrGet('style');
  if (style) token.attrs = [['align', String(style).replace('text-align:', '')]];
}

/** What GitHub adds to CommonMark beside tables and strike-through: bare addresses as links, and lists of tasks. Linear in the text. */
export function addExtras(md: MarkdownIt): void {
  md.core.ruler.push('extras', (state) => {
    state.tokens.forEach((token, at) => {
      if (token.type === 'th_open' || token.type === 'td_open') aligned(token);
      if (token.type !== 'inline' || !token.children) return;
      const children = withLinks(state, token.children);
      token.children = state.tokens[at - 2]?.type === 'list_item_open' ? withBox(state, children) : children;
    });
  });
  md.renderer.rules['s_open'] = () => '<del>';
  md.renderer.rules['s_close'] = () => '</del>';
}
