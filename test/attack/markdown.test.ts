import fc from 'fast-check';
import { markdownToHtml } from '../../kernel/src/text/markdown-html.ts';

/** Everything that means something in Markdown, with what was found to be quadratic in one parser or another. */
const PIECES = [
  ...[
    '_',
    '*',
    '**',
    '~~',
    '`',
    '``',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '!',
    '\\',
    '&',
    '|',
    ':',
    '"',
    "'",
    '@',
    '.',
    '=',
    '#',
    '-',
  ],
  ...['a', 'a ', ' ', '\t', '\n', '\n\n', '    ', '\u00a0', 'é', '\u0301', '😀'],
  ...['> ', '- ', '* a\n', '1. ', '# ', '```\n', '~~~\n', '---\n', '- [ ] ', '  - '],
  ...['[a]: b\n', '[a]:', '[a][', '](', '![', '![](', '](<', '[a]', '[](a)', '![](http://a) ', '[a]: b "'],
  ...['|a|b\n|-|-\n', '|a', '|-', '|\n', '&amp;', '&#', '&quot;', '<a', '<!--', '<?', '<http:', '<a@', '</', '\\`'],
  ...['http://', 'http://a.b/', 'www.', 'a.', 'a@', 'a.b@c.d', '((', '_a*', '**_* ', '[](', '[]((', '``\\'],
];
const HOSTILE = [
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<iframe srcdoc="<script>">',
  ],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:',
    '&#106;avascript:',
    'java\nscript:',
    'data:text/html,',
    'vbscript:',
    '//evil.test',
    '\\\\evil.test',
  ],
  ...[
    '[x](javascript:alert(1))',
    '![x](data:image/svg+xml,<svg>)',
    '"onmouseover="alert(1)',
    "'onclick='",
    '<a href="',
    '```"><b>\n',
    '\u0000',
  ],
];

const SIZE = 20_000;
/** CPU milliseconds that a text of SIZE characters may cost at most; what was mended took between 1,500 and 90,000. */
const ALLOWED = 600;
/** The same for the longest text that is rendered on the spot; on a quiet machine a search of a minute finds none above 8, and a busy one ten times that. */
const ALLOWED_ON_THE_SPOT = 300;

/** Texts of one length: a run of pieces again and again, or first one run and then another. */
const texts = (size: number) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }),
      fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }),
    )
    .map(([first, second]) => {
      const run = (pieces: readonly string[], length: number) =>
        pieces
          .join('')
          .repeat(Math.ceil(length / pieces.join('').length))
          .slice(0, length);
      return second.length === 0 ? run(first, size) : run(first, size / 2) + run(second, size / 2);
    });

function cpuOf(text: string): number {
  const before = process.threadCpuUsage();
  markdownToHtml(text);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

const least = (text: string) => Math.min(cpuOf(text), cpuOf(text), cpuOf(text));

/** Seconds of search and its seed; `ATTACK_SECONDS=600` looks longer. */
const SECONDS = Number(process.env.ATTACK_SECONDS ?? 20) / 4;
const SEED = Number(process.env.ATTACK_SEED ?? 8);
const search = {
  seed: SEED,
  numRuns: 1_000_000,
  interruptAfterTimeLimit: SECONDS * 1000,
  markInterruptAsFailure: false,
};

const TAG =
  /<\/?(?:h[1-6]|p|blockquote|pre|code|ul|ol|li|strong|em|del|a|table|thead|tbody|tr|th|td)(?: (?:title|start|align|rel|class|href)="[^"<>]*")*>|<(?:br|hr) \/>|<(?:img|input)(?: (?:src|alt|title|loading|referrerpolicy|type|disabled)="[^"<>]*"| checked)* \/>/g;

function addressesOf(html: string): string[] {
  const tags = (html.match(TAG) ?? []).join('');
  return [...tags.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, address]) =>
    (address as string).replaceAll('&amp;', '&'),
  );
}

describe('Markdown as a weapon', () => {
  it('costs CPU in proportion to its length, whatever it is made of', () => {
    const costliest = { text: '', cpu: 0 };
    fc.assert(
      fc.property(texts(SIZE), (text) => {
        const cpu = cpuOf(text);
        if (cpu > costliest.cpu) Object.assign(costliest, { text, cpu });
        // Once more, because the first time may have paid for somebody's garbage or compilation.
        expect(cpu > ALLOWED ? least(text) : cpu).toBeLessThan(ALLOWED);
      }),
      search,
    );
    expect(costliest.cpu).toBeGreaterThan(0);
    const whole = least(costliest.text);
    expect(whole).toBeLessThan(Math.max(200, 8 * least(costliest.text.slice(0, SIZE / 4))));
  });

  it.each([
    ['_a*', 24_000],
    ['a.', 50_000],
    ['![', 50_000],
    ['http://a/((', 50_000],
    ['<!--', 50_000],
    ['[a]: b\n"', 50_000],
    ['&#', 50_000],
  ])('renders %j at full length', (piece, length) => {
    expect(least(`${piece.repeat(length / piece.length)}@`)).toBeLessThan(ALLOWED);
  });

  it('blocks nobody with a text that is rendered on the spot', () => {
    fc.assert(
      fc.property(texts(2_000), (text) => {
        const cpu = cpuOf(text);
        expect(cpu > ALLOWED_ON_THE_SPOT ? least(text) : cpu).toBeLessThan(ALLOWED_ON_THE_SPOT);
      }),
      search,
    );
  });

  it('becomes at most eight times as much HTML and 65,536 characters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000 }).chain(texts), (text) => {
        const rendered = markdownToHtml(text);
        if ('html' in rendered) expect(rendered.html.length).toBeLessThanOrEqual(8 * text.length + 65_536);
        else expect(rendered.problem).toMatch(/nested|HTML/);
      }),
      search,
    );
  });

  it('holds nothing that runs, and no tag or attribute but the known ones', () => {
    const parts = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...HOSTILE)), { maxLength: 24 });
    fc.assert(
      fc.property(parts, (pieces) => {
        const rendered = markdownToHtml(pieces.join(''));
        if ('problem' in rendered) return;
        expect(rendered.html.replace(TAG, '')).not.toMatch(/[<>]/);
        for (const address of addressesOf(rendered.html)) {
          expect(address).toMatch(/^(?:https?:|mailto:|(?![a-z][a-z0-9+.-]*:)(?![/\\]{2}))/i);
          expect(URL.parse(address, 'https://here.test/')?.protocol ?? 'https:').toMatch(/^(https?|mailto):$/);
        }
      }),
      search,
    );
  });
});
