import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameProblem, normalForm, quotedName } from '../src/text/names.ts';

const root = join(import.meta.dirname, '../..');

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(test|generated|node_modules|migrations)\//.test(file))
    .map((file) => join(folder, file));
}

describe('normalForm', () => {
  it('is NFKC', () => {
    expect(normalForm('ﬁne e\u0301', 10)).toBe('fine é');
  });

  it('does not touch what is too long, however much its marks would cost', () => {
    const { user } = process.cpuUsage();
    for (let n = 0; n < 1_000; n++) expect(normalForm('\u0327\u0301'.repeat(200_000), 512)).toBeNull();
    expect((process.cpuUsage().user - user) / 1_000).toBeLessThan(2_000);
  });

  it('is the only place that normalises, segments or collates text', () => {
    const files = ['kernel/src', 'gateway/src', 'subgraphs']
      .flatMap(sources)
      .filter((file) => file !== 'kernel/src/text/names.ts');
    expect(files.length).toBeGreaterThan(200);
    const costly = /\.normalize\(|Intl\.(Segmenter|Collator)|\.localeCompare\(/;
    const allowed = new Set(['kernel/src/db/embedded-binaries.ts']);
    expect(files.filter((file) => costly.test(readFileSync(join(root, file), 'utf8')) && !allowed.has(file))).toEqual(
      [],
    );
  });
});

describe('names', () => {
  it.each(['Builders', 'Verein der Bürger e.V.', 'Node.js', '👩‍👩‍👧 family', 'کتاب‌خانه'])('takes %s', (name) => {
    expect(nameProblem(name)).toBeNull();
  });

  it.each([
    'https://evil.example',
    'see www.evil.example',
    'a\u202eb',
    'a\u200fb',
    'a\u2066b',
    'a\nb',
    'a\u2028b',
    'a\u200bb',
    '\u0000',
  ])('refuses %j', (name) => expect(nameProblem(name)).not.toBeNull());

  it.each([
    ['Builders', 'Builders'],
    ['Verein e.V.', 'Verein e·V.'],
    ['win at https://evil.example/x now', 'win at https evil·example/x now'],
    ['www.evil.example', 'www·evil·example'],
    ['a\u202eb\r\nc', 'abc'],
    ['half \ud800', 'half \ufffd'],
  ])('quotes %j in mails as %j', (name, quoted) => {
    expect(quotedName(name)).toBe(quoted);
  });
});
