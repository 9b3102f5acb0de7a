import fc from 'fast-check';
import { count } from '../../src/counting/count.ts';
import { electionOf, readElectionFile } from '../../src/counting/read-file.ts';
import { CountError, type ElectionExport } from '../../src/counting/types.ts';
import { writeBlt, writeCef, writeCsv } from '../../src/counting/write-files.ts';

const blt = (text: string) => readElectionFile('x.blt', text);
const cef = (text: string) => readElectionFile('x.cvotes', text);

/** "2: a > b=c" for each ballot. */
const said = ({ ballots }: ReturnType<typeof blt>) =>
  ballots.map(({ weight, ranking = [] }) => `${weight}: ${ranking.map((rank) => rank.join('=')).join(' > ')}`);

function refusal(work: () => unknown): { code: string; line: number | undefined; message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof CountError) return { code: error.code, line: error.line, message: error.message };
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('a .blt file', () => {
  const WHOLE = `# from a club
4 2           # four candidates, two seats
-3
3 1 2 0
(paper 17) 2 4=2 1 0
1 3 - 1 0
1 0
0
"Ann ""Red"" Ash"
"Bo"
"Cy"
"Di"
"Board # 2026"
`;

  it('has candidates, seats, the withdrawn, weights, equal and skipped ranks, names and comments', () => {
    const file = blt(WHOLE);
    expect(file.options.map(({ title }) => title)).toEqual(['Ann "Red" Ash', 'Bo', 'Di']);
    expect([file.title, file.seats, file.unranked]).toEqual(['Board # 2026', 2, 'LAST']);
    expect(said(file)).toEqual(['3: Ann "Red" Ash > Bo', '2: Di=Bo > Ann "Red" Ash', '1: Ann "Red" Ash', '1: ']);
  });

  it('may put everything on one line, end lines with CR LF and leave names unquoted, as published files do', () => {
    expect(said(blt('2 1 5 1 2 0 4 2 0 0 "A" "B" "T"'))).toEqual(['5: A > B', '4: B']);
    const published = blt('2 1\r\n5 1 2 0\r\n0\r\nAnn ASH (Con)\r\nBo BEE (Lab)\r\nWard 1\r\n');
    expect([published.options.map(({ id }) => id), published.title]).toEqual([
      ['Ann ASH (Con)', 'Bo BEE (Lab)'],
      'Ward 1',
    ]);
  });

  it.each([
    ['', 1, 'the number of candidates'],
    ['two 1', 1, 'the number of candidates'],
    ['2', 1, 'the number of seats'],
    ['2 0\n', 1, 'the number of seats'],
    ['50000 1\n', 1, 'the number of candidates is a whole number from 1 to 100'],
    ['2 1\n-3\n', 2, 'a withdrawn candidate'],
    ['2 1\n-1 -2\n1 1 0\n', 3, 'every candidate is withdrawn'],
    ['2 1\n1 1 2 0\n1 3 0\n0', 3, 'a candidate is a whole number from 1 to 2, not "3"'],
    ['2 1\n1 1 2 1 0\n0', 2, 'names candidate 1 twice'],
    ['2 1\n1 1=1 0\n0', 2, 'names candidate 1 twice'],
    ['2 1\n1 1= 0\n0', 2, 'a candidate'],
    ['2 1\n-1\n1 1 2\n', 4, 'the file ends where a preference'],
    ['2 1\n0.5 1 0\n0', 2, 'the weight of a ballot is a whole number from 1'],
    ['2 1\n99999999999 1 0\n0', 2, 'the weight of a ballot'],
    ['2 1\n1 1 "A"\n', 2, 'should be at "\\"A\\""'],
    ['2 1\n1 1 0\n0\n"A"\n', 5, 'names of 2 candidates should follow, there are 1'],
    ['2 1\n1 1 0\n0\n"A"\n"A"\n"T"\n', 7, 'two candidates are called "A"'],
    ['2 1\n1 1 0\n0\n""\n"A"\n', 6, 'a candidate has no name'],
  ])('malformed %j is refused with line %i and the reason', (text, line, reason) => {
    const refused = refusal(() => blt(text));
    expect(refused).toMatchObject({ code: 'MALFORMED_FILE', line });
    expect(refused.message).toContain(reason);
    expect(refused.message).toMatch(/^Line \d+: /);
  });
});

describe('a .cvotes file', () => {
  it('has candidates, seats, tags, weights, quantities, equal ranks, empty rankings and comments', () => {
    const file = cef(`# Board
#/Candidates: Ann Ash ; Bo;Çé
#/number of seats: 2
#/Weight Allowed: true
#/Voting Methods: Schulze

Ann Ash > Bo = Çé * 42  # most of them
a tag, b || Bo>Çé ^7 * 2
/EMPTY_RANKING/ * 3
/EMPTY/
Nobody > Bo = Someone
`);
    expect(file.options.map(({ id }) => id)).toEqual(['Ann Ash', 'Bo', 'Çé']);
    expect([file.seats, file.unranked]).toEqual([2, 'LAST']);
    expect(said(file)).toEqual(['42: Ann Ash > Bo=Çé', '14: Bo > Çé', '3: ', '1: ', '1: Bo']);
  });

  it('ignores weights where they are not allowed, which is the default', () => {
    expect(said(cef('#/Candidates: A;B\nA > B ^7 * 2'))).toEqual(['2: A > B']);
  });

  it('finds candidates in the votes where none are listed', () => {
    expect(cef('A > B\nC\n').options.map(({ id }) => id)).toEqual(['A', 'B', 'C']);
  });

  it('obeys its line on implicit ranking', () => {
    const text = (implicit: boolean) =>
      `#/Candidates: A;B;C\n#/Implicit Ranking: ${implicit}\nA * 4\nB > A * 3\nC > B * 2`;
    const winners = (implicit: boolean) => {
      const election = electionOf(cef(text(implicit)), { rule: 'COPELAND' });
      return election && count(election).winners;
    };
    // Implicitly, the two who name C and B put B above A too, so B beats A 5 to 4 and C 3 to 2. Else nobody compares A and C, and C beats B.
    expect(winners(true)).toEqual(['B']);
    expect(winners(false)).toEqual(['C']);
  });

  it.each([
    ['#/Candidates: A;;B\nA', 1, 'a candidate has no name'],
    ['#/Candidates: A;A\nA', 1, 'two candidates are called "A"'],
    ['#/Candidates A\nA', 1, 'a parameter is'],
    ['#/Candidates: A;B\n#/Number of Seats: none\nA', 2, 'the number of seats'],
    ['#/Candidates: A;B\n#/Implicit Ranking: yes\nA', 2, 'is true or false, not "yes"'],
    ['#/Candidates: A;B\nA > B > A', 2, 'names "A" twice'],
    ['#/Candidates: A;B\nA > > B', 2, 'a rank is empty'],
    ['#/Candidates: A;B\nA < B', 2, '"<" may not stand in a vote'],
    ['#/Candidates: A;B\nA > /EMPTY/', 2, '"/" may not stand in a vote'],
    ['#/Candidates: A;B\nA * 8 ^7', 2, 'a quantity'],
    ['#/Candidates: A;B\nA * 0', 2, 'a quantity'],
    ['#/Candidates: A;B\nA\n#/Implicit Ranking: true', 3, 'parameters stand before the first vote'],
    ['# nothing\n', 2, 'the file names no candidate'],
  ])('malformed %j is refused with line %i and the reason', (text, line, reason) => {
    const refused = refusal(() => cef(text));
    expect(refused).toMatchObject({ code: 'MALFORMED_FILE', line });
    expect(refused.message).toContain(reason);
  });
});

describe('a hostile file', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => `c${index}`);

  it.each([
    ['x.cvotes', `#/Candidates: ${many.join(';')}\n`, 'there are more than 100 candidates'],
    ['x.cvotes', `${many.join(' > ')}\n`, 'there are more than 100 candidates'],
    ['x.cvotes', `#/Candidates: A;B\n${'A = '.repeat(250_000)}A\n`, 'names "A" twice'],
    ['x.cvotes', `#/Candidates: A;B\n${'>'.repeat(1_000_000)}\n`, 'a rank is empty'],
    ['x.cvotes', `#/Candidates: ${'A'.repeat(1_000_000)}\n`, 'a name has more than 500 characters'],
    ['x.blt', `2 1\n${'1 '.repeat(500_000)}`, 'names candidate 1 twice'],
    ['x.blt', `2 1\n1 ${'9'.repeat(1_000_000)} 0`, 'a candidate is a whole number'],
    ['x.blt', `2 1\n${'('.repeat(1_000_000)}`, 'a ballot should be at'],
    ['x.blt', `2 1\n1 ${'- '.repeat(500_000)}`, 'the file ends'],
    ['x.blt', `2 1\n1 1 0\n0\n"${'""'.repeat(500_000)}\n`, 'names of 2 candidates'],
  ])('%s is refused: %#', (name, text, reason) => {
    const refused = refusal(() => readElectionFile(name, text));
    expect(refused.message).toContain(reason);
    expect(refused.message.length).toBeLessThan(300);
  });

  it('never makes a reader fail in another way than it says', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '1',
        '2',
        '0',
        '-1',
        '-',
        '=',
        '1=2',
        '"',
        '"A"',
        '(',
        ')',
        '[',
        '#',
        '#/',
        'Candidates:',
        ';',
        '>',
        '^',
        '*',
        '||',
        'A',
        'B',
        '\n',
        ' ',
        '{',
        '}',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom('x.blt', 'x.cvotes', 'x.json'),
        pieces,
        fc.constantFrom('', ' '),
        (name, parts, between) => {
          try {
            const file = readElectionFile(name, parts.join(between));
            expect(file.options.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(CountError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('of an unknown kind is refused', () => {
    expect(refusal(() => readElectionFile('votes.xlsx', '')).message).toContain('.blt, .cvotes, .json');
  });
});

describe('our own export', () => {
  const EXPORT: ElectionExport = {
    poll: {
      id: 'p',
      title: 'Colour of the "door"',
      rule: 'SCHULZE',
      seats: 1,
      options: [
        { id: 'o1', title: 'Red, dark' },
        { id: 'o2', title: '=HYPERLINK("x")' },
        { id: 'o3', title: 'Red # dark' },
      ],
    },
    seed: 'drawn in public',
    ballots: [
      { ranking: [['o2'], ['o1', 'o3']] },
      { ranking: [] },
      { ranking: [['o1']] },
      { ranking: [['o2'], ['o3', 'o1']] },
    ],
  };

  it('is read with its rule, its seats and its seed', () => {
    const file = readElectionFile('poll.json', JSON.stringify(EXPORT));
    expect(electionOf(file, {})).toMatchObject({
      rule: 'SCHULZE',
      seats: 1,
      seed: 'drawn in public',
      options: ['o1', 'o2', 'o3'],
    });
    expect(electionOf(file, { rule: 'BORDA', seats: 2, seed: 'mine' })).toMatchObject({
      rule: 'BORDA',
      seats: 2,
      seed: 'mine',
    });
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'not an export of a poll'],
    [JSON.stringify({ ...EXPORT, ballots: [{ ranking: 'o1' }] }), 'ballots.0.ranking'],
    [JSON.stringify({ ...EXPORT, poll: { ...EXPORT.poll, rule: 'TOSS' } }), 'poll.rule'],
    [JSON.stringify({ ...EXPORT, ballots: [{ weight: 0.5, ranking: [] }] }), 'ballots.0.weight'],
  ])('malformed %j is refused', (text, reason) => {
    expect(refusal(() => readElectionFile('poll.json', text))).toMatchObject({
      code: 'MALFORMED_FILE',
      message: expect.stringContaining(reason),
    });
  });

  it('goes to BLT, ballots alike together and in an order that tells nothing', () => {
    expect(writeBlt(EXPORT)).toBe(
      '3 1\n2 2 1=3 0\n1 0\n1 1 0\n0\n"Red, dark"\n"=HYPERLINK(""x"")"\n"Red # dark"\n"Colour of the ""door"""\n',
    );
  });

  it('goes to CEF, names without the characters that the format keeps', () => {
    expect(writeCef(EXPORT).split('\n').filter(Boolean)).toEqual([
      '# Colour of the "door"',
      '#/Candidates: Red dark ; HYPERLINK("x") ; Red dark (2)',
      '#/Number of Seats: 1',
      '#/Implicit Ranking: true',
      '#/Weight Allowed: false',
      'HYPERLINK("x") > Red dark = Red dark (2) * 2',
      '/EMPTY_RANKING/',
      'Red dark',
    ]);
  });

  it('goes to CSV that a spreadsheet takes for text', () => {
    expect(writeCsv(EXPORT)).toBe(
      'ballots,"Red, dark","\'=HYPERLINK(""x"")",Red # dark\r\n2,2,1,2\r\n1,,,\r\n1,1,,\r\n',
    );
    const consent = writeCsv({
      ...EXPORT,
      poll: { ...EXPORT.poll, rule: 'CONSENT' },
      ballots: [{ consent: 'AGREE', weight: 2 }, { consent: 'BLOCK' }],
    });
    expect(consent).toBe('ballots,stance\r\n2,AGREE\r\n1,BLOCK\r\n');
    const points = writeCsv({
      ...EXPORT,
      ballots: [{ scores: [{ option: 'o3', score: -2 }] }, { choices: ['o1', 'o2'] }],
    });
    expect(points.split('\r\n').slice(1, 3)).toEqual(['1,,,-2', '1,1,1,']);
  });

  it('has no ranking to write where ballots have scores', () => {
    const scored = { ...EXPORT, ballots: [{ scores: [{ option: 'o1', score: 3 }] }] };
    for (const write of [writeBlt, writeCef]) expect(refusal(() => write(scored)).code).toBe('WRONG_BALLOT');
  });

  it('counts the same after a way through BLT and CEF', () => {
    const ids = EXPORT.poll.options.map(({ id }) => id);
    const ranking = fc.shuffledSubarray(ids).map((order) => order.map((id) => [id]));
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight: fc.integer({ min: 1, max: 3 }), ranking }), { minLength: 1, maxLength: 6 }),
        (ballots) => {
          const exported = { ...EXPORT, seed: null, ballots };
          const direct = electionOf(readElectionFile('x.json', JSON.stringify(exported)), {});
          const places = direct && count(direct).ranking.map((rank) => rank.map((id) => ids.indexOf(id)).sort());
          for (const file of [blt(writeBlt(exported)), cef(writeCef(exported))]) {
            const election = electionOf(file, { rule: 'SCHULZE' });
            const names = file.options.map(({ id }) => id);
            expect(
              election && count(election).ranking.map((rank) => rank.map((name) => names.indexOf(name)).sort()),
            ).toEqual(places);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
