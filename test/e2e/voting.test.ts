import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '../../gateway/test/browser.ts';
import { type Installation, type Shape, startInstallation } from './installation.ts';

const shapes: Shape[] = ['one process', 'many processes'];
const COMMAND = join(import.meta.dirname, '../../tools/voting.ts');
const NEWCOMERS = 27;
const PASSWORD = 'a voters own passphrase';
const NAMES = ['Ada', 'Ben', 'Cleo'];

const CREATE = 'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id } }';
const NOMINATE = 'mutation ($id: ID!, $input: NominationInput!) { nominate(pollId: $id, input: $input) { id status } }';
const RESPOND = 'mutation ($id: ID!) { respondToNomination(id: $id, accept: true) { status } }';
const OPEN = 'mutation ($id: ID!) { openPoll(id: $id) { options { id title } turnout { eligible } } }';
const DELEGATE = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id } }';
const CAST = 'mutation ($input: CastVoteInput!) { castVote(input: $input) { receipt choices { title } } }';
const CLOSE = 'mutation ($id: ID!) { closePoll(id: $id) { status } }';
const SHOWN = `query ($id: ID!) { poll(id: $id) { turnout { cast eligible } viewerBallot { castAt receipt choices { title } } results { winners { title }
  ranking { title } rounds { tallies { option { title } count } } } export(format: JSON) } }`;
const VERIFY =
  'query ($id: ID!, $receipt: String!) { verifyReceipt(pollId: $id, receipt: $receipt) { authentic missing } }';
const STRANGER = '{ polls(first: 100) { edges { node { title } } } }';

interface Voter {
  id: string;
  email: string;
  browser: Browser;
}
interface Counted {
  winners: string[];
  ranking: string[][];
  rounds: { tallies: { option: string; count: string }[] }[];
}

describe.each(shapes)('a decision of thirty in %s', (shape) => {
  let at: Installation;
  const folder = mkdtempSync(join(tmpdir(), 'polity-decision-'));
  const voters: Voter[] = [];
  let poll: string;
  let options: string[];
  const receipts: string[] = [];

  const voterAt = (index: number) => voters[index] as Voter;
  const command = (...args: string[]) =>
    spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8', env: { ...process.env, ...at.settings } });
  const cast = (index: number, first: number, more: object = {}) => {
    const ranking = [0, 1, 2].map((step) => [options[(first + step) % 3]]);
    return voterAt(index).browser.get(CAST, { input: { pollId: poll, ranking, ...more } });
  };

  async function newcomer(index: number): Promise<Voter> {
    const browser = at.browser();
    const email = `voter${index}@people.test`;
    const input = { email, password: PASSWORD, displayName: `Voter ${index}` };
    await browser.get('mutation ($input: SignUpInput!) { signUp(input: $input) { email } }', { input });
    const mails: { to: string; links: string[] }[] = JSON.parse((await browser.send('GET', '/dev/mail')).text);
    const link = mails.find(({ to }) => to === email)?.links.find((each) => each.includes('#token='));
    const token = decodeURIComponent(link?.split('#token=')[1] ?? '');
    const { id } = await browser.get('mutation ($token: String!) { activateAccount(token: $token) { id } }', { token });
    await browser.signIn(email, PASSWORD);
    return { id, email, browser };
  }

  beforeAll(async () => {
    at = await startInstallation(shape);
    for (const email of ['admin@demo.test', 'alice@demo.test', 'bob@demo.test']) {
      const browser = at.browser();
      await browser.signIn(email);
      voters.push({ id: (await browser.get('{ me { id } }')).id, email, browser });
    }
    for (let index = 0; index < NEWCOMERS; index++) voters.push(await newcomer(index));
  }, 240_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await at?.stop();
  }, 30_000);

  it('begins with nominations, which those whom they are about accept', async () => {
    const admin = voterAt(0).browser;
    const scope = { type: 'TENANT', id: (await admin.get('{ tenant { id } }')).id };
    const electors = voters.map(({ id: userId }) => ({ userId }));
    const input = {
      scope,
      title: 'Who speaks for us',
      method: 'RANKED',
      rule: 'SCHULZE',
      anonymous: true,
      eligibility: 'LIST',
      electors,
    };
    poll = (await admin.get(CREATE, { input })).id;
    await admin.get('mutation ($id: ID!) { openNominations(id: $id) { status } }', { id: poll });
    for (const [index, title] of NAMES.entries()) {
      const { id, browser } = voterAt(index + 1);
      const by = index === 0 ? browser : admin;
      const nomination = await by.get(NOMINATE, { id: poll, input: { userId: id, title } });
      expect(nomination.status).toBe(index === 0 ? 'ACCEPTED' : 'PROPOSED');
      if (index > 0) expect(await browser.get(RESPOND, { id: nomination.id })).toEqual({ status: 'ACCEPTED' });
    }
    const opened = await admin.get(OPEN, { id: poll });
    expect([opened.options.map(({ title }: { title: string }) => title), opened.turnout.eligible]).toEqual([NAMES, 30]);
    options = opened.options.map(({ id }: { id: string }) => id);
    for (const index of [27, 28, 29])
      await voterAt(index).browser.get(DELEGATE, { input: { scope, delegateId: voterAt(5).id } });
  }, 60_000);

  it('is voted on by twenty-seven, one of whom votes for three more, and one of whom changes their mind', async () => {
    for (let index = 0; index < 27; index++) receipts.push((await cast(index, index % 3 === 0 ? 0 : 1)).receipt);
    expect((receipts[5] as string).split(' ')).toHaveLength(4);
    expect((await voterAt(4).browser.ask(CAST, { input: { pollId: poll, ranking: [[options[2]]] } })).codes).toEqual([
      'CONFLICT',
    ]);
    receipts[4] = (await cast(4, 2, { receipt: receipts[4] })).receipt;
    // Whoever delegated and votes takes that back from their delegate.
    receipts.push((await cast(29, 0)).receipt);
    const shown = await voterAt(4).browser.get(SHOWN, { id: poll });
    expect([shown.results, shown.viewerBallot]).toEqual([null, { castAt: null, receipt: null, choices: null }]);
  }, 60_000);

  it('closes, and whoever has the export counts it again, and finds every ballot by its receipt', async () => {
    await voterAt(0).browser.get(CLOSE, { id: poll });
    let shown = await voterAt(1).browser.get(SHOWN, { id: poll });
    for (let tries = 0; tries < 100 && !shown.results; tries++) {
      await sleep(100);
      shown = await voterAt(1).browser.get(SHOWN, { id: poll });
    }
    expect(shown.turnout).toEqual({ cast: 30, eligible: 30 });
    const file = join(folder, 'poll.json');
    writeFileSync(file, shown.export);
    const counted: Counted = JSON.parse(command('count', file, '--json').stdout);
    const titles = (list: { title: string }[]) => list.map(({ title }) => title);
    expect(counted.winners).toEqual(titles(shown.results.winners));
    expect(counted.winners).toEqual(['Ben']);
    expect(counted.ranking).toEqual(shown.results.ranking.map(titles));
    const tallies = shown.results.rounds.map((round: { tallies: { option: { title: string }; count: string }[] }) =>
      round.tallies.map(({ option, count }) => ({ option: option.title, count })),
    );
    expect(counted.rounds.map((round) => round.tallies.map(({ option, count }) => ({ option, count })))).toEqual(
      tallies,
    );
    // One of the three units of the delegate was taken back by whom it was of.
    const own = receipts.map((line, index) => (index === 5 ? (line.split(' ')[0] as string) : line));
    const check = await voterAt(1).browser.get(VERIFY, { id: poll, receipt: own.join(' ') });
    expect(check).toEqual({ authentic: true, missing: [] });
    const verified = command('verify', file, ...own);
    expect([verified.status, verified.stdout.trim().split('\n').length]).toEqual([0, 28]);
    expect(
      command(
        'verify',
        file,
        (own[0] as string).replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
      ).status,
    ).toBe(2);
  }, 60_000);

  it('is hidden from strangers, as if nobody had decided anything', async () => {
    const stranger = at.browser();
    expect(await stranger.get('query ($id: ID!) { poll(id: $id) { id } }', { id: poll })).toBeNull();
    const { edges } = await stranger.get(STRANGER);
    expect(JSON.stringify(edges)).not.toContain('Who speaks for us');
    const receipt = receipts[0] as string;
    expect(await stranger.get(VERIFY, { id: poll, receipt })).toBeNull();
  });

  it('comes after what an old system decided, which operators take from a file', async () => {
    const file = join(folder, 'old.json');
    const old = {
      users: [{ id: 'u1', email: voterAt(3).email }],
      polls: [
        {
          ...{
            id: 'old-1',
            title: 'An old decision',
            author: 'admin@demo.test',
            method: 'PLURALITY',
            visibility: 'PUBLIC',
          },
          ...{
            closedAt: '2019-05-04T18:00:00Z',
            options: [
              { id: 'y', title: 'Yes' },
              { id: 'n', title: 'No' },
            ],
          },
          votes: [
            { id: 'v1', voter: 'u1', choices: ['y'] },
            { id: 'v2', voter: 'alice@demo.test', choices: ['y'] },
            { id: 'v3', voter: 'gone@people.test', choices: ['n'] },
          ],
        },
      ],
    };
    writeFileSync(file, JSON.stringify(old));
    const dry = command('import', file, '--dry-run', '--json');
    expect([dry.stderr, dry.status]).toEqual(['', 0]);
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, polls: { created: 1 }, votes: 2 });
    expect(JSON.parse(dry.stdout).refused).toEqual([
      { poll: 'old-1', kind: 'vote', id: 'v3', reason: 'gone@people.test is nobody with an account' },
    ]);
    expect(JSON.stringify(await at.browser().get(STRANGER))).not.toContain('An old decision');
    expect(command('import', file).stdout).toMatch(
      /^Taken: polls 1, options 2, nominations 0, votes 2\.\nThere already: polls 0\.\nRefused: 1\./,
    );
    expect(command('import', file).stdout).toMatch(/^Taken: polls 0, .*\nThere already: polls 1\./);
    const found = await at
      .browser()
      .get('{ polls(first: 100) { edges { node { id title results { winners { title } } } } } }');
    const { node } = found.edges.find(
      ({ node: each }: { node: { title: string } }) => each.title === 'An old decision',
    );
    expect(node.results.winners).toEqual([{ title: 'Yes' }]);
    const url = `http://127.0.0.1:${at.port}/graphql`;
    const fetched = command('fetch', node.id, '--url', url);
    writeFileSync(join(folder, 'fetched.json'), fetched.stdout);
    const again: Counted = JSON.parse(command('count', join(folder, 'fetched.json'), '--json').stdout);
    expect([fetched.status, again.winners]).toEqual([0, ['Yes']]);
    expect(command('fetch', poll, '--url', url).status).toBe(1);
  }, 120_000);
});
