import { renderMarkdown } from '../src/text/markdown.ts';
import { markdownToHtml } from '../src/text/markdown-html.ts';

const html = (text: string): string => {
  const rendered = markdownToHtml(text);
  if ('problem' in rendered) throw new Error(rendered.problem);
  return rendered.html;
};

describe('Markdown', () => {
  it('becomes HTML with tables, task lists and code', () => {
    expect(html('# Hi *you*')).toBe('<h1>Hi <em>you</em></h1>');
    expect(html('- [x] done')).toContain('<input type="checkbox" disabled="disabled" checked /> done');
    expect(html('```js\na < b\n```')).toBe('<pre><code class="language-js">a &lt; b\n</code></pre>');
    expect(html('|a|\n|:-:|\n|1|')).toContain('<td align="center">1</td>');
  });

  it('gives links a rel that promises nothing and opens nothing', () => {
    expect(html('[a](https://x.test "t")')).toBe(
      '<p><a href="https://x.test" title="t" rel="nofollow noopener noreferrer">a</a></p>',
    );
  });

  it('loads images lazily, from the web only', () => {
    expect(html('![a](https://x.test/a.png)')).toBe(
      '<p><img src="https://x.test/a.png" alt="a" loading="lazy" referrerpolicy="no-referrer" /></p>',
    );
    expect(html('![a](data:image/png;base64,AAAA)')).not.toContain('<img');
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
    const shown = html(body);
    expect(shown).toContain('&lt;');
    expect(shown.replace(/<\/?(p|strong|em|a href="https:[^"]*" rel="[^"]*"|a)>/g, '')).not.toContain('<');
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
    const tags = html(body).match(/<[^>]*>/g) ?? [];
    expect(tags.join('').replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+=/i);
    expect(tags.join('')).not.toMatch(/(javascript|vbscript|data):|="\/\//i);
  });

  it('makes links of bare addresses, without the punctuation of the sentence', () => {
    expect(html('See https://x.test/a_b?c=1&d, or (www.x.test/(1)).')).toBe(
      '<p>See <a href="https://x.test/a_b?c=1&amp;d" rel="nofollow noopener noreferrer">https://x.test/a_b?c=1&amp;d</a>, or ' +
        '(<a href="http://www.x.test/(1)" rel="nofollow noopener noreferrer">www.x.test/(1)</a>).</p>',
    );
    expect(html('[https://x.test](https://y.test)').match(/<a /g)).toHaveLength(1);
    expect(html('`https://x.test` http:// www. awww.x.test')).not.toContain('<a ');
  });

  it('strikes through, starts lists where they start, and keeps line breaks', () => {
    expect(html('~~gone~~')).toBe('<p><del>gone</del></p>');
    expect(html('3. a')).toBe('<ol start="3">\n<li>a</li>\n</ol>');
    expect(html('a  \nb')).toBe('<p>a<br />\nb</p>');
    expect(html('- [ ] a\n- [y] b')).toContain(
      '<li><input type="checkbox" disabled="disabled" /> a</li>\n<li>[y] b</li>',
    );
  });

  it('takes oddities in stride', () => {
    for (const oddity of ['[', '*', '- ', '`', '<', '![]('].map((part) => part.repeat(10_000))) {
      expect(typeof html(oddity)).toBe('string');
    }
  });

  it.each([
    ['nesting that no reader could follow', '>'.repeat(50_000), 'is nested too deeply'],
    ['nested lists', '- '.repeat(26).concat('a'), 'is nested too deeply'],
    [
      'a table of 1,000 columns and 22,900 rows',
      `${'|a'.repeat(1000)}\n${'|-'.repeat(1000)}\n${'a\n'.repeat(22_900)}`,
      'too much HTML',
    ],
    ['many small tables', `${'|a'.repeat(50)}\n${'|-'.repeat(50)}\n${'a\n'.repeat(300)}\n`.repeat(40), 'too much HTML'],
    ['one long address used often', `[a]: ${'b'.repeat(20_000)}\n\n${'[a]'.repeat(9_000)}`, 'too much HTML'],
    ['more text than any field takes', 'a'.repeat(100_001), 'at most 100,000 characters'],
  ])('refuses %s', (_, text, problem) => {
    expect(markdownToHtml(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('shows a wide table that people may have written', () => {
    const table = `${'|column'.repeat(40)}\n${'|-'.repeat(40)}\n${`${'|cell'.repeat(40)}\n`.repeat(200)}`;
    expect(html(table).match(/<td>cell/g)).toHaveLength(8_000);
  });
});

describe('renderMarkdown', () => {
  it('gives long and short texts the same HTML', async () => {
    const line = 'A *line* of [text](https://x.test).\n\n';
    for (const times of [1, 500]) expect(await renderMarkdown(line.repeat(times))).toBe(html(line.repeat(times)));
  });

  it.each([
    ['short', '> '.repeat(60)],
    ['long', '> '.repeat(6_000)],
  ])('names the field of a %s text that cannot be shown', async (_, text) => {
    await expect(renderMarkdown(text, 'description')).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { fields: { description: 'is nested too deeply' } },
    });
  });

  it('leaves the event loop to others while it renders', async () => {
    let turns = 0;
    const turn = () => {
      turns++;
      counting = setImmediate(turn);
    };
    let counting = setImmediate(turn);
    await renderMarkdown('![*a* '.repeat(8_000));
    clearImmediate(counting);
    expect(turns).toBeGreaterThan(10);
  });
});
