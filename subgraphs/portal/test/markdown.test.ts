import { renderMarkdown } from '../src/domain/post/markdown.ts';

describe('Markdown', () => {
  it('becomes HTML with tables, task lists and code', () => {
    expect(renderMarkdown('# Hi *you*')).toBe('<h1>Hi <em>you</em></h1>');
    expect(renderMarkdown('- [x] done')).toContain('<input checked disabled="disabled" type="checkbox" />');
    expect(renderMarkdown('```js\na < b\n```')).toBe('<pre><code class="language-js">a &lt; b\n</code></pre>');
    expect(renderMarkdown('|a|\n|:-:|\n|1|')).toContain('<td align="center">1</td>');
  });

  it('gives links a rel that promises nothing and opens nothing', () => {
    expect(renderMarkdown('[a](https://x.test "t")')).toBe(
      '<p><a href="https://x.test" title="t" rel="nofollow noopener noreferrer">a</a></p>',
    );
  });

  it('loads images lazily, from the web only', () => {
    expect(renderMarkdown('![a](https://x.test/a.png)')).toBe(
      '<p><img src="https://x.test/a.png" alt="a" loading="lazy" referrerpolicy="no-referrer" /></p>',
    );
    expect(renderMarkdown('![a](data:image/png;base64,AAAA)')).not.toContain('<img');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<div onclick="alert(1)">x</div>',
    '<style>* { display: none }</style>',
    '<iframe src="https://x.test"></iframe>',
    '<form action="https://x.test"><input name="password"></form>',
    '<svg><script>alert(1)</script></svg>',
    '**<b onmouseover=alert(1)>x</b>**',
  ])('shows typed HTML as text: %s', (body) => {
    const html = renderMarkdown(body);
    expect(html).toContain('&lt;');
    expect(html.replace(/<\/?(p|strong|em)>/g, '')).not.toContain('<');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](<java\nscript:alert(1)>)',
    '[x](vbscript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](//evil.test)',
    '[x]: javascript:alert(1)\n\n[x]',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '![" onerror="alert(1)](https://x.test/a.png)',
    '[a](https://x.test "\\" onclick=\\"alert(1)")',
    '```"><img src=x onerror=alert(1)>\n```',
  ])('leaves no way to run anything: %s', (body) => {
    const tags = renderMarkdown(body).match(/<[^>]*>/g) ?? [];
    expect(tags.join('').replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+=/i);
    expect(tags.join('')).not.toMatch(/(javascript|vbscript|data):|="\/\//i);
  });

  it('refuses nesting that no reader could follow, and takes other oddities in stride', () => {
    expect(() => renderMarkdown('>'.repeat(50_000))).toThrow('not valid');
    for (const oddity of ['[', '*', '- ', '`', '<', '![]('].map((part) => part.repeat(10_000))) {
      expect(typeof renderMarkdown(oddity)).toBe('string');
    }
  });
});
