import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import { type APoll, aCommunity, anOpenPoll, CAST, CLOSE, cast, type Members, startVoting } from './factories.ts';

const MINE =
  'query ($id: ID!) { poll(id: $id) { viewerBallot { castAt receipt weight choices { title } content { abstain } } } }';
const WITHDRAW =
  'mutation ($id: ID!, $receipt: String) { withdrawVote(pollId: $id, receipt: $receipt) { castAt choices { title } } }';
const PUBLISHED =
  'query ($id: ID!) { poll(id: $id) { publishedBallots(first: 100) { edges { node { hash weight content { choices { title } } } } } } }';
const VERIFY =
  'query ($id: ID!, $receipt: String!) { verifyReceipt(pollId: $id, receipt: $receipt) { counted authentic ballots { content { choices { title } } } } }';
const DELEGATE = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id } }';
const TITLES = ['Oak', 'Elm', 'Ash'] as const;

let test: TestSubgraph;
beforeAll(async () => {
  test = await startVoting();
});
afterAll(() => test?.world.close());

interface Published {
  publishedBallots: {
    edges: { node: { hash: string; weight: number; content: { choices: { title: string }[] } } }[];
  } | null;
}

const rows = <Row extends object>(sql: string) => onDatabase<Row[]>(test.world, 'voting', (ask) => ask(sql));
const close = ({ owner }: Members, id: string) =>
  test.get<{ turnout: object; results: { winners: { title: string }[] } }>(owner, CLOSE, { id });

/** What was published, as titles. */
async function published(viewer: Person, id: string): Promise<string[]> {
  const { publishedBallots } = await test.get<Published>(viewer, PUBLISHED, { id });
  return (publishedBallots?.edges ?? [])
    .map(({ node }) => node.content.choices.map(({ title }) => title).join())
    .sort();
}

describe('a ballot without a name', () => {
  let community: Members;
  beforeAll(async () => {
    community = await aCommunity(test, 4);
  });
  const poll = (input: object = {}) => anOpenPoll(test, community, { anonymous: true, ...input });

  it('says only that somebody voted, and changes by its receipt alone', async () => {
    const { id, options } = await poll();
    const [voter] = community.members as [Person];
    const first = await cast(test, voter, id, { choices: [options.Oak] });
    expect(first).toMatchObject({
      castAt: null,
      choices: null,
      receipt: expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/),
    });
    const nothing = { castAt: null, receipt: null, weight: null, choices: null, content: null };
    expect(await test.get(voter, MINE, { id })).toEqual({ viewerBallot: nothing });
    const again = (more: object) =>
      test.codeOf(voter, CAST, { input: { pollId: id, choices: [options.Elm], ...more } });
    expect(await again({})).toBe('CONFLICT');
    expect(await again({ receipt: 'nonsense' })).toBe('VALIDATION_ERROR');
    const [, hash] = (first.receipt as string).split('.');
    expect(await again({ receipt: `${'A'.repeat(43)}.${hash}` })).toBe('NOT_FOUND');
    const second = await cast(test, voter, id, { choices: [options.Elm], receipt: first.receipt });
    expect(second.receipt).not.toBe(first.receipt);
    expect(await again({ receipt: first.receipt })).toBe('NOT_FOUND');
    expect(await test.get<Published>(voter, PUBLISHED, { id })).toEqual({ publishedBallots: null });
    expect(await close(community, id)).toMatchObject({
      turnout: { cast: 1, eligible: 5 },
      results: { winners: [{ title: 'Elm' }] },
    });
    expect(await published(voter, id)).toEqual(['Elm']);
    expect(await test.get(voter, VERIFY, { id, receipt: second.receipt })).toEqual({
      ...{ counted: true, authentic: true, ballots: [{ content: { choices: [{ title: 'Elm' }] } }] },
    });
    expect(await test.get(voter, VERIFY, { id, receipt: first.receipt })).toMatchObject({ counted: false });
  });

  it('is taken back by its receipt, and cast again', async () => {
    const { id, options } = await poll();
    const [voter] = community.members as [Person];
    const { receipt } = await cast(test, voter, id, { choices: [options.Oak] });
    expect(await test.codeOf(voter, WITHDRAW, { id })).toBe('VALIDATION_ERROR');
    expect(await test.get(voter, WITHDRAW, { id, receipt })).toEqual({ castAt: null, choices: null });
    expect(await test.codeOf(voter, WITHDRAW, { id, receipt })).toBe('NOT_FOUND');
    expect(await test.get(voter, MINE, { id })).toEqual({ viewerBallot: null });
    await cast(test, voter, id, { choices: [options.Ash] });
    await close(community, id);
    expect(await published(voter, id)).toEqual(['Ash']);
  });

  it('is one, twenty times at once, and the same try has the same receipt', async () => {
    const { id, options } = await poll();
    const [voter, other] = community.members as [Person, Person];
    const input = { pollId: id, choices: [options.Oak] };
    const codes = await Promise.all(Array.from({ length: 20 }, () => test.codeOf(voter, CAST, { input })));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    const named = { ...input, idempotencyKey: 'the same try' };
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => test.get<{ receipt: string }>(other, CAST, { input: named })),
    );
    expect(new Set(tries.map(({ receipt }) => receipt)).size).toBe(1);
    const changes = { pollId: id, choices: [options.Elm], receipt: tries[0]?.receipt };
    const changed = await Promise.all(Array.from({ length: 20 }, () => test.codeOf(other, CAST, { input: changes })));
    expect(changed.filter((code) => code === null)).toHaveLength(1);
    expect(await close(community, id)).toMatchObject({ turnout: { cast: 2 } });
    expect(await published(voter, id)).toEqual(['Elm', 'Oak']);
  });

  it('is a unit ballot for each vote that somebody has, by a receipt of its own', async () => {
    const [voter] = community.members as [Person];
    const { id, options } = await poll({ electors: [{ userId: voter.id, weight: 3 }] });
    const { receipt } = await cast(test, voter, id, { choices: [options.Oak] });
    expect(new Set(receipt?.split(' ')).size).toBe(3);
    const { receipt: changed } = await cast(test, voter, id, { choices: [options.Elm], receipt });
    expect(changed?.split(' ')).toHaveLength(3);
    expect(await close(community, id)).toMatchObject({ turnout: { cast: 1 } });
    expect(await published(voter, id)).toEqual(['Elm', 'Elm', 'Elm']);
  });

  it('is cast for those who delegate, until they vote themselves', async () => {
    const [delegate, first, second, far] = community.members as [Person, Person, Person, Person];
    const name = (from: Person, to: Person) =>
      test.get(from, DELEGATE, { input: { scope: community.scope, delegateId: to.id } });
    await name(first, delegate);
    await name(second, delegate);
    await name(far, second);
    const { id, options } = await poll();
    const { receipt } = await cast(test, delegate, id, { choices: [options.Oak] });
    expect(receipt?.split(' ')).toHaveLength(4);
    expect(await test.get(first, MINE, { id })).toEqual({ viewerBallot: null });
    await cast(test, second, id, { choices: [options.Elm] });
    await cast(test, delegate, id, { choices: [options.Ash], receipt });
    expect(await close(community, id)).toMatchObject({ turnout: { cast: 4 } });
    // The nearer delegate decides for `far`, whoever voted first.
    expect(await published(first, id)).toEqual(['Ash', 'Ash', 'Elm', 'Elm']);
  });

  it('is destroyed with a poll that is cancelled', async () => {
    const { id, options } = await poll();
    await cast(test, community.members[0] as Person, id, { choices: [options.Oak] });
    await test.get(community.owner, 'mutation ($id: ID!) { cancelPoll(id: $id, reason: "A mistake") { id } }', { id });
    test.world.clock.advance(60_000);
    await test.world.runJobs();
    for (const table of ['box_ballot', 'covered_unit'])
      expect(await rows(`select 1 from ${table} where poll_id = '${id}'`)).toEqual([]);
    expect(await rows(`select 1 from poll_key where id = '${id}'`)).toEqual([]);
  });
});

describe('after the count', () => {
  const VOTERS = 60;
  let community: Members;
  let poll: APoll;
  /** What each voter chose, in the order in which they voted. */
  const voted: { voter: string; title: string; hash: string }[] = [];

  beforeAll(async () => {
    community = await aCommunity(test, VOTERS);
    poll = await anOpenPoll(test, community, { anonymous: true });
    for (const [index, voter] of community.members.entries()) {
      const title = TITLES[index % 3] as string;
      let { receipt } = await cast(test, voter, poll.id, { choices: [poll.options[title]] });
      if (index % 5 === 0)
        ({ receipt } = await cast(test, voter, poll.id, { choices: [poll.options[title]], receipt }));
      voted.push({ voter: voter.id, title, hash: receipt?.split('.')[1] as string });
    }
    await test.world.settle();
    await close(community, poll.id);
    test.world.clock.advance(60_000);
    await test.world.runJobs();
    await test.world.settle();
  });

  interface Stored {
    table: string;
    row: Record<string, unknown>;
  }

  /** Every row of every table, with where it lies and which transaction wrote it. */
  async function everything(): Promise<Stored[]> {
    const tables = await rows<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    const all: Stored[] = [];
    for (const { name } of tables) {
      const found = await rows<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) || jsonb_build_object('xmin', t.xmin::text, 'ctid', t.ctid::text) as row from "${name}" t`,
      );
      all.push(...found.map(({ row }) => ({ table: name, row })));
    }
    return all;
  }

  it('counts what was cast', async () => {
    expect(await published(community.owner, poll.id)).toEqual(voted.map(({ title }) => title).sort());
  });

  it('no row names a voter and a ballot', async () => {
    const people = new Set(voted.map(({ voter }) => voter));
    const hashes = new Set(voted.map(({ hash }) => hash));
    const all = await everything();
    const texts = all.map(({ table, row }) => ({ table, text: JSON.stringify(row) }));
    expect(texts.filter(({ text }) => voted.some(({ hash }) => text.includes(hash))).length).toBe(VOTERS);
    const both = texts.filter(({ text }) => {
      const words = text.match(/[\w-]{36,43}/g) ?? [];
      const [person, ballot] = [words.some((word) => people.has(word)), words.some((word) => hashes.has(word))];
      return person && (ballot || Object.values(poll.options).some((option) => text.includes(option)));
    });
    expect(both).toEqual([]);
  });

  it('no value of any column of a voter is that of a ballot, transactions and times among them', async () => {
    const all = await everything();
    const box = all.filter(({ table, row }) => table === 'box_ballot' && row.poll_id === poll.id);
    const named = all.filter(({ row }) => voted.some(({ voter }) => JSON.stringify(row).includes(voter)));
    expect([box.length, named.length > VOTERS]).toEqual([VOTERS, true]);
    // Values that differ between ballots are the only ones that could tell one from another.
    for (const column of Object.keys(box[0]?.row ?? {})) {
      const values = box.map(({ row }) => JSON.stringify(row[column]));
      if (column === 'content' || column === 'ctid' || new Set(values).size === 1) continue;
      const shared = named.filter(({ row }) =>
        Object.values(row).some((value) => values.includes(JSON.stringify(value))),
      );
      expect([column, shared]).toEqual([column, []]);
    }
    // All of a side were written by one transaction.
    for (const table of ['box_ballot', 'elector']) {
      const side = all.filter((each) => each.table === table && each.row.poll_id === poll.id);
      expect(new Set(side.map(({ row }) => row.xmin)).size).toBe(1);
    }
  });

  it('no order of rows is that of votes', async () => {
    const place = '(ctid::text::point)[0] * 10000 + (ctid::text::point)[1]';
    const order = async (by: string, from: string) =>
      (
        await rows<{ key: string }>(
          `select ${from === 'box_ballot' ? 'hash' : 'user_id'} as key from ${from} where poll_id = '${poll.id}' order by ${by}`,
        )
      ).map(({ key }) => key);
    const cast = voted.map(({ hash }) => hash);
    const roll = voted.map(({ voter }) => voter);
    /** How many of sixty stand where they would if one order were the other; of chance it is one. */
    const fixed = (one: string[], other: string[]) => one.filter((key, index) => other[index] === key).length;
    for (const by of [place, 'id', 'hash']) {
      const stored = await order(by, 'box_ballot');
      expect(stored).toHaveLength(VOTERS);
      expect(fixed(stored, cast)).toBeLessThan(12);
      expect(fixed([...stored].reverse(), cast)).toBeLessThan(12);
    }
    // The roll lies by the ids of people, whoever voted when.
    const byPlace = await order(place, 'elector');
    expect(byPlace).toEqual([...byPlace].sort());
    // Votes went in the order of the ids of people here; that the roll shows it says nothing, because the box does not.
    expect(new Set(byPlace)).toEqual(new Set([...roll, community.owner.id]));
  });

  it('events tell neither who voted when, nor what', async () => {
    const told = await rows<{ type: string; text: string }>(
      `select type, to_jsonb(o)::text as text from outbox o where o::text like '%${poll.id}%'`,
    );
    const casts = told.filter(({ type }) => type === 'voting.vote.cast');
    expect(casts).toHaveLength(VOTERS + VOTERS / 5);
    for (const { text } of casts) {
      expect(voted.some(({ voter, hash }) => text.includes(voter) || text.includes(hash))).toBe(false);
      expect(JSON.parse(text)).toMatchObject({ actor_id: null, request_id: null, traceparent: null });
    }
    const participation = told.filter(({ type }) => type === 'voting.participation.recorded');
    expect(participation).toHaveLength(VOTERS);
  });

  it('whoever sees the poll reads who took part, without times, and strangers read nothing', async () => {
    const query =
      'query ($id: ID!) { poll(id: $id) { participants(first: 100) { edges { node { id } } } ballots { edges { cursor } } } }';
    const shown = await test.get<{ participants: { edges: { node: { id: string } }[] }; ballots: null }>(
      community.owner,
      query,
      { id: poll.id },
    );
    expect(shown.participants.edges.map(({ node }) => node.id)).toEqual(voted.map(({ voter }) => voter).sort());
    expect(shown.ballots).toBeNull();
    expect(await test.get(await test.person(), query, { id: poll.id })).toBeNull();
  });
});
