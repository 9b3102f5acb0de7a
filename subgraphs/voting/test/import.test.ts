import { personRequest } from '@polity/kernel/request/acting';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { actingAs, type Context } from '../src/context.ts';
import type { ImportFile } from '../src/domain/import/import.format.ts';
import { readImport } from '../src/domain/import/import.read.ts';
import { importPolls } from '../src/domain/import/import.service.ts';
import { startVoting } from './factories.ts';

const RESULTS = `query ($id: ID!) { poll(id: $id) { id title status anonymous closedAt turnout { cast eligible } author { id }
  options { title nominee { id } } results { outcome winners { title } tallies { count } }
  nominations { edges { node { title status } } } } }`;
const ALL = '{ polls(first: 100) { edges { node { id title } } } }';

let test: TestSubgraph;
let author: Person;
let people: Person[];

beforeAll(async () => {
  test = await startVoting();
  author = await test.person('tenant.owner');
  people = [];
  for (let n = 0; n < 4; n++) people.push(await test.person());
}, 60_000);
afterAll(() => test.world.close());

const id = (n: number) => (people[n] as Person).id;

function take(file: ImportFile, dryRun = false) {
  const { runtime, open } = test.world.subgraph('voting');
  const contextOf = (userId: string) => open(personRequest(test.tenantId, userId)) as Context;
  return importPolls({ acting: actingAs(runtime, test.tenantId), contextOf, dryRun }, file);
}

const options = ['oak', 'elm'].map((name) => ({ id: name, title: name }));
const closed = (name: string, more: object) => ({
  ...{ id: name, title: name, author: author.id, method: 'PLURALITY', options, visibility: 'PUBLIC' },
  ...{ openedAt: '2019-05-01T18:00:00Z', closedAt: '2019-05-04T18:00:00Z' },
  ...more,
});

async function pollCalled(title: string) {
  const { edges } = await test.get<{ edges: { node: { id: string; title: string } }[] }>(author, ALL);
  const found = edges.filter(({ node }) => node.title === title);
  expect(found).toHaveLength(1);
  return test.get<Record<string, unknown>>(author, RESULTS, { id: found[0]?.node.id });
}

it('takes polls that are over with their votes, counts them, and takes each once', async () => {
  const votes = [id(0), id(1), id(2)].map((voter, n) => ({ id: `v${n}`, voter, choices: [n === 0 ? 'oak' : 'elm'] }));
  const file = { polls: [closed('once', { votes, electors: people.map((each) => ({ person: each.id })) })] };
  expect(await take(file, true)).toMatchObject({ dryRun: true, votes: 3, refused: [] });
  expect(JSON.stringify(await test.get(author, ALL))).not.toContain('once');
  expect(await take(file)).toMatchObject({ polls: { created: 1, unchanged: 0 }, options: 2, votes: 3, refused: [] });
  expect(await take(file)).toMatchObject({ polls: { created: 0, unchanged: 1 }, votes: 0 });
  expect(await pollCalled('once')).toMatchObject({
    status: 'CLOSED',
    closedAt: '2019-05-04T18:00:00.000Z',
    turnout: { cast: 3, eligible: 4 },
    results: { outcome: 'PASSED', winners: [{ title: 'elm' }], tallies: [{ count: '1' }, { count: '2' }] },
  });
});

it('is one import where twenty take the same file at once', async () => {
  const file = { polls: [closed('at once', { votes: [{ voter: id(0), choices: ['oak'] }] })] };
  const reports = await Promise.all(Array.from({ length: 20 }, () => take(file)));
  expect(reports.filter(({ polls }) => polls.created === 1)).toHaveLength(1);
  expect(await pollCalled('at once')).toMatchObject({ turnout: { cast: 1, eligible: 1 } });
});

it('says of each part that it does not take which rule it breaks, and takes the others', async () => {
  const stranger = await test.person(null);
  const votes = [
    { id: 'good', voter: id(0), choices: ['oak'] },
    { id: 'again', voter: id(0), choices: ['elm'] },
    { id: 'unknown', voter: id(1), choices: ['ash'] },
    { id: 'two', voter: id(1), choices: ['oak', 'elm'] },
    { id: 'stranger', voter: stranger.id, choices: ['oak'] },
    { id: 'nobody', voter: 'ghost', choices: ['oak'] },
    { id: 'odd', voter: id(2), choice: 'oak' },
    'text',
  ];
  const {
    refused,
    votes: taken,
    polls,
  } = await take({ polls: [closed('rules', { votes }), closed('late', { closedAt: '2999-01-01T00:00:00Z' }), 7] });
  expect([taken, polls]).toEqual([1, { created: 1, unchanged: 0, refused: 2 }]);
  expect(refused.map(({ kind, id: of, reason }) => `${kind} ${of}: ${reason}`)).toEqual([
    expect.stringMatching(/^vote again: .* voted already$/),
    'vote unknown: choices: names an option that this poll does not have',
    'vote two: choices: must be at most 1',
    expect.stringMatching(/^vote stranger: .* is no member of the tenant$/),
    'vote nobody: ghost is nobody with an account',
    expect.stringMatching(/^vote odd: /),
    expect.stringMatching(/^vote number 8: /),
    'poll late: closedAt: must be a moment in the past',
    expect.stringMatching(/^poll number 3: /),
  ]);
});

it('keeps no name beside a ballot of an anonymous poll, and counts weights as units', async () => {
  const votes = [
    { voter: id(0), ranking: ['oak', 'elm'] },
    { voter: id(1), ranking: [['oak', 'elm']] },
  ];
  const given = { method: 'RANKED', rule: 'BORDA', anonymous: true, electors: [{ person: id(0), weight: 3 }], votes };
  expect(await take({ polls: [closed('secret', given)] })).toMatchObject({ votes: 2, refused: [] });
  const poll = await pollCalled('secret');
  expect(poll).toMatchObject({ anonymous: true, turnout: { cast: 2, eligible: 2 } });
  const rows = await test.world
    .subgraph('voting')
    .runtime.em(test.tenantId)
    .execute<{ n: number }[]>('select count(*)::int as n from ballot where poll_id = ?', [poll.id]);
  expect(rows[0]?.n).toBe(0);
  expect((poll.results as { winners: unknown }).winners).toEqual([{ title: 'oak' }]);
});

it('takes drafts with their nominations, and histories of polls that were called off', async () => {
  const nominations = [
    { nominee: id(0), title: 'Ada', status: 'ACCEPTED' },
    { nominee: id(0), title: 'Ada again' },
  ];
  const draft = {
    id: 'draft',
    title: 'draft',
    author: author.id,
    method: 'APPROVAL',
    visibility: 'PUBLIC',
    nominations,
  };
  const off = closed('off', { status: 'CANCELLED', cancelReason: 'Nobody came.' });
  const report = await take({ polls: [draft, off] });
  expect([report.nominations, report.refused.length]).toEqual([1, 1]);
  expect(await pollCalled('draft')).toMatchObject({
    status: 'DRAFT',
    nominations: { edges: [{ node: { title: 'Ada', status: 'ACCEPTED' } }] },
  });
  expect(await pollCalled('off')).toMatchObject({ status: 'CANCELLED', results: null });
});

it('counts as it was, whoever delegates here today', async () => {
  const SET = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id } }';
  const scope = { type: 'TENANT', id: test.tenantId };
  await test.get(people[3] as Person, SET, { input: { scope, delegateId: id(2) } });
  const votes = [
    { voter: id(2), choices: ['oak'] },
    { voter: id(1), choices: ['elm'] },
  ];
  await take({ polls: [closed('then', { votes, electors: people.map((each) => ({ person: each.id })) })] });
  expect(await pollCalled('then')).toMatchObject({ results: { tallies: [{ count: '1' }, { count: '1' }] } });
});

describe('a table', () => {
  const head = 'kind,poll,id,person,title,method,rule,closedAt,weight,ballot,anonymous\r\n';

  it('says the same as JSON does', () => {
    const file = readImport(
      'old.csv',
      `${head}user,,7,ada@a.test\npoll,,p,7,"A ""tree"", or two",RANKED,BORDA,2019-05-04T18:00:00Z,,,true\noption,p,a,,Oak\noption,p,b,,Elm\nelector,p,,7,,,,,2\nvote,p,v,7,,,,,,a > b = c\n`,
    );
    expect(file).toEqual({
      users: [{ id: '7', email: 'ada@a.test' }],
      polls: [
        {
          ...{ id: 'p', author: '7', title: 'A "tree", or two', method: 'RANKED', rule: 'BORDA' },
          ...{ closedAt: '2019-05-04T18:00:00Z', anonymous: true },
          options: [
            { id: 'a', title: 'Oak' },
            { id: 'b', title: 'Elm' },
          ],
          electors: [{ person: '7', weight: 2 }],
          votes: [{ id: 'v', voter: '7', ranking: [['a'], ['b', 'c']] }],
        },
      ],
    });
  });

  it.each([
    ['SCORE', 'a: 3 | b: 5', { scores: { a: 3, b: 5 } }],
    ['APPROVAL', 'a | b', { choices: ['a', 'b'] }],
    ['APPROVAL', '', { choices: [] }],
    ['CONSENT', 'AGREE', { consent: 'AGREE' }],
    ['RANKED', 'Abstain', { abstain: true }],
  ])('reads a ballot of %s from %j', (method, cell, ballot) => {
    const { polls } = readImport('x.csv', `${head}poll,,p,x,P,${method}\nvote,p,,x,,,,,,${cell}\n`);
    expect((polls[0] as { votes: unknown[] }).votes).toEqual([{ voter: 'x', ...ballot }]);
  });

  it.each([
    ['x.csv', `${head}vote,p,v,ada`, 'Line 2 names no poll of a line before it.'],
    ['x.csv', `${head}dance,,p`, 'Line 2 is of no kind: user, poll, option, nomination, elector or vote.'],
    ['x.csv', `${head}poll,,p,"a`, 'Line 2 has a quote that does not fit.'],
    ['x.json', '{', expect.stringMatching(/^This is no JSON: /)],
    ['x.json', '{"polls": 1}', expect.stringMatching(/^This is no import of polls: polls: /)],
    ['x.txt', '', 'The name of the file ends with neither .json nor .csv.'],
  ])('of %s is refused with the line where it is wrong', (name, text, message) => {
    expect(() => readImport(name, text)).toThrow(expect.objectContaining({ message }));
  });
});
