import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph, Variables } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import {
  aCommunity,
  aDraft,
  anOpenPoll,
  CAST,
  CLOSE,
  CREATE,
  cast,
  type Members,
  OPEN,
  startVoting,
} from './factories.ts';

const ONE = 'query ($id: ID!) { poll(id: $id) { id status cancelReason closesAt results { outcome } } }';
const UPDATE =
  'mutation ($id: ID!, $input: UpdatePollInput!) { updatePoll(id: $id, input: $input) { title method rule maxScore editedAt } }';
const CANCEL = 'mutation ($id: ID!, $reason: String!) { cancelPoll(id: $id, reason: $reason) { status } }';
const EXTEND = 'mutation ($id: ID!, $closesAt: DateTime) { extendPoll(id: $id, closesAt: $closesAt) { closesAt } }';
const ARCHIVE = 'mutation ($id: ID!) { archivePoll(id: $id) { status results { outcome } } }';
const DELETE = 'mutation ($id: ID!) { deletePoll(id: $id) { title } }';

interface OnePoll {
  status: string;
  closesAt: string | null;
  cancelReason: string | null;
  results: { outcome: string } | null;
}

let test: TestSubgraph;
let community: Members;
let voter: Person;
beforeAll(async () => {
  test = await startVoting();
  community = await aCommunity(test);
  [voter] = community.members as [Person];
});
afterAll(() => test?.world.close());

const look = (id: string, viewer: Person = community.owner) => test.get<OnePoll>(viewer, ONE, { id });
const at = (id: string, column: string, moment: string) =>
  onDatabase(test.world, 'voting', (ask) => ask(`update poll set ${column} = ${moment} where id = '${id}'`));
const soon = (ms: number) => new Date(test.world.clock.nowMs() + ms).toISOString();

describe('a draft', () => {
  it('is seen by its author and who manages there, and by all whom it is for once it opens', async () => {
    const { id } = await aDraft(test, community.owner, { scope: community.scope, visibility: 'PUBLIC' });
    for (const viewer of [voter, anonymous]) expect(await test.get(viewer, ONE, { id })).toBeNull();
    expect((await look(id)).status).toBe('DRAFT');
    await test.get(community.owner, OPEN, { id });
    for (const viewer of [voter, anonymous])
      expect(await test.get<OnePoll>(viewer, ONE, { id })).toMatchObject({ status: 'OPEN', results: null });
  });

  it('changes until it opens; another method has its own limits', async () => {
    const { id } = await aDraft(test, community.owner, { scope: community.scope });
    expect(await test.get(community.owner, UPDATE, { id, input: { title: 'Trees', method: 'SCORE' } })).toEqual({
      ...{ title: 'Trees', method: 'SCORE', rule: 'SUM', maxScore: 5, editedAt: expect.any(String) },
    });
    await test.get(community.owner, OPEN, { id });
    expect(await test.codeOf(community.owner, UPDATE, { id, input: { title: 'Late' } })).toBe('CONFLICT');
    const add = 'mutation ($id: ID!) { addOption(pollId: $id, input: { title: "Late" }) { id } }';
    expect(await test.codeOf(community.owner, add, { id })).toBe('CONFLICT');
    expect(await test.codeOf(community.owner, DELETE, { id })).toBe('CONFLICT');
  });

  it('takes and loses options', async () => {
    const { id, options } = await aDraft(test, community.owner, { scope: community.scope });
    const add =
      'mutation ($id: ID!) { addOption(pollId: $id, input: { title: "Fir", description: "*soft*" }) { title descriptionHtml } }';
    expect(await test.get(community.owner, add, { id })).toEqual({
      title: 'Fir',
      descriptionHtml: '<p><em>soft</em></p>',
    });
    const remove = 'mutation ($id: ID!) { removeOption(id: $id) { title } }';
    expect(await test.codeOf(voter, remove, { id: options.Oak })).toBe('NOT_FOUND');
    expect(await test.get(community.owner, remove, { id: options.Oak })).toEqual({ title: 'Oak' });
    const titles = 'query ($id: ID!) { poll(id: $id) { options { title } } }';
    expect(await test.get(community.owner, titles, { id })).toEqual({
      options: [{ title: 'Elm' }, { title: 'Ash' }, { title: 'Fir' }],
    });
  });

  it('is not made by who may not, nor of settings that do not go together', async () => {
    const input = { title: 'A poll', scope: community.scope, method: 'PLURALITY' };
    expect(await test.codeOf(voter, CREATE, { input })).toBe('FORBIDDEN');
    const wrong = [
      { title: '' },
      { method: 'RANKED', rule: 'SUM' },
      { method: 'RANKED', rule: 'INSTANT_RUNOFF', seats: 2 },
      { method: 'RANKED', maxChoices: 2 },
      { method: 'RANKED', threshold: '1/2' },
      { anonymous: true, resultsVisibility: 'ALWAYS' },
      { method: 'SCORE', minScore: 5, maxScore: 5 },
      { quorum: 0 },
      { quorum: 101 },
      { threshold: '3/2' },
      { threshold: 'half' },
      { eligibility: 'ROLE' },
      { visibility: 'TEAM' },
      { seats: 0 },
      { closesAt: soon(-60_000) },
      { opensAt: soon(60_000), closesAt: soon(30_000) },
      { electors: [{ userId: voter.id, weight: 0 }] },
      { electors: [{ userId: voter.id }, { userId: voter.id }] },
      { options: Array.from({ length: 101 }, (_, n) => ({ title: `Option ${n}` })) },
    ];
    for (const part of wrong) {
      const code = await test.codeOf(community.owner, CREATE, { input: { ...input, ...part } });
      expect([part, code]).toEqual([part, 'VALIDATION_ERROR']);
    }
  });
});

describe('opening', () => {
  it('puts who belongs there on the roll, and nobody later', async () => {
    const { id, options } = await anOpenPoll(test, community, { visibility: 'PUBLIC' });
    const stranger = await test.person();
    expect(await test.codeOf(stranger, CAST, { input: { pollId: id, choices: [options.Oak] } })).toBe('FORBIDDEN');
    const turnout = 'query ($id: ID!) { poll(id: $id) { turnout { cast eligible } viewerCanVote } }';
    expect(await test.get(stranger, turnout, { id })).toEqual({
      turnout: { cast: 0, eligible: 4 },
      viewerCanVote: false,
    });
    expect(await test.get(voter, turnout, { id })).toMatchObject({ viewerCanVote: true });
  });

  it('takes who holds a role, or who is on a list with their weights', async () => {
    const listed = await aDraft(test, community.owner, {
      ...{ scope: community.scope, eligibility: 'LIST', electors: [{ userId: voter.id, weight: 3 }] },
    });
    expect(await test.get(community.owner, OPEN, { id: listed.id })).toMatchObject({ turnout: { eligible: 1 } });
    const second = community.members[1] as Person;
    expect(await test.codeOf(second, CAST, { input: { pollId: listed.id, choices: [listed.options.Oak] } })).toBe(
      'FORBIDDEN',
    );
    await cast(test, voter, listed.id, { choices: [listed.options.Oak] });
    const closed = 'mutation ($id: ID!) { closePoll(id: $id) { results { cast tallies { count } } } }';
    expect(await test.get(community.owner, closed, { id: listed.id })).toEqual({
      results: { cast: '3', tallies: [{ count: '3' }, { count: '0' }, { count: '0' }] },
    });
    const role = { eligibility: 'ROLE', eligibilityRole: 'portal.owner' };
    const owners = await aDraft(test, community.owner, { scope: community.scope, ...role });
    expect(await test.get(community.owner, OPEN, { id: owners.id })).toMatchObject({ turnout: { eligible: 1 } });
  });

  it('is refused where there is nothing to vote for, and nobody who could', async () => {
    const { scope, owner } = community;
    const empty = await aDraft(test, owner, { scope, options: [] });
    expect(await test.codeOf(owner, OPEN, { id: empty.id })).toBe('CONFLICT');
    const nobody = await aDraft(test, owner, { scope, eligibility: 'LIST' });
    expect(await test.codeOf(owner, OPEN, { id: nobody.id })).toBe('CONFLICT');
  });

  it('snapshots ten thousand members', async () => {
    const large = await aCommunity(test, 1);
    await onDatabase(test.world, 'access', (ask) =>
      ask(`insert into role_binding (id, created_at, tenant_id, subject_id, role_id, scope_id)
        select gen_random_uuid(), now(), tenant_id, gen_random_uuid(), role_id, scope_id from role_binding, generate_series(1, 10000)
        where scope_id = '${large.id}' and subject_id = '${large.members[0]?.id}'`),
    );
    const { id } = await aDraft(test, large.owner, { scope: large.scope });
    expect(await test.get(large.owner, OPEN, { id })).toMatchObject({ turnout: { eligible: 10_002 } });
  });
});

describe('a schedule', () => {
  it('opens and closes by the clock of the database, whatever that of a process says', async () => {
    const { id } = await aDraft(test, community.owner, {
      ...{ scope: community.scope, opensAt: soon(3_600_000), closesAt: soon(7_200_000) },
    });
    test.world.clock.advance(4_000_000);
    await test.world.runJobs();
    expect((await look(id)).status).toBe('DRAFT');
    await at(id, 'opens_at', `now() - interval '1 second'`);
    test.world.clock.advance(4_000_000);
    await test.world.runJobs();
    expect((await look(id)).status).toBe('OPEN');
    test.world.clock.advance(8_000_000);
    await test.world.runJobs();
    expect((await look(id)).status).toBe('OPEN');
    await at(id, 'closes_at', `now() - interval '1 second'`);
    test.world.clock.advance(8_000_000);
    await test.world.runJobs();
    expect(await look(id)).toMatchObject({ status: 'CLOSED', results: { outcome: 'FAILED' } });
  });

  it('takes no ballot once its time is over, however late the job is', async () => {
    const { id, options } = await anOpenPoll(test, community, { closesAt: soon(3_600_000) });
    await at(id, 'closes_at', `now() - interval '1 second'`);
    expect(await test.codeOf(voter, CAST, { input: { pollId: id, choices: [options.Oak] } })).toBe('CONFLICT');
    expect(await test.codeOf(community.owner, EXTEND, { id, closesAt: soon(7_200_000) })).toBe('CONFLICT');
  });

  it('is moved by an extension, to a later time only', async () => {
    const [first, later] = [soon(3_600_000), soon(7_200_000)];
    const { id } = await anOpenPoll(test, community, { closesAt: later });
    expect(await test.codeOf(community.owner, EXTEND, { id, closesAt: first })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(voter, EXTEND, { id, closesAt: soon(9_000_000) })).toBe('FORBIDDEN');
    const last = soon(9_000_000);
    expect(await test.get(community.owner, EXTEND, { id, closesAt: last })).toEqual({ closesAt: last });
    const [job] = await onDatabase<{ due: Date }[]>(test.world, 'voting', (ask) =>
      ask(`select due_at as due from job where name = 'close-poll' and key = '${id}'`),
    );
    expect(job?.due.toISOString()).toBe(last);
  });
});

describe('the end', () => {
  it('is a result, or a reason for having none; then it can be put away', async () => {
    const closed = await anOpenPoll(test, community);
    await cast(test, voter, closed.id, { choices: [closed.options.Elm] });
    expect(await test.get(community.owner, CLOSE, { id: closed.id })).toEqual({
      ...{ id: closed.id, status: 'CLOSED', turnout: { cast: 1, eligible: 4 } },
      results: { outcome: 'PASSED', winners: [{ title: 'Elm' }] },
    });
    expect(await test.codeOf(community.owner, CANCEL, { id: closed.id, reason: 'Too late' })).toBe('CONFLICT');
    expect(await test.get(community.owner, ARCHIVE, { id: closed.id })).toEqual({
      ...{ status: 'ARCHIVED', results: { outcome: 'PASSED' } },
    });

    const cancelled = await anOpenPoll(test, community);
    expect(await test.codeOf(community.owner, CANCEL, { id: cancelled.id, reason: ' ' })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(voter, CANCEL, { id: cancelled.id, reason: 'Mine' })).toBe('FORBIDDEN');
    await test.get(community.owner, CANCEL, { id: cancelled.id, reason: 'A tree fell' });
    expect(await look(cancelled.id, voter)).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'A tree fell',
      results: null,
    });
    expect(await test.get(community.owner, DELETE, { id: cancelled.id })).toEqual({ title: 'A poll' });
    expect(await look(cancelled.id)).toBeNull();
  });

  it('is counted by the job where whoever closed it could not', async () => {
    const { id, options } = await anOpenPoll(test, community);
    await cast(test, voter, id, { choices: [options.Ash] });
    await test.get(community.owner, CLOSE, { id });
    // As if the process had died after closing it.
    await onDatabase(test.world, 'voting', async (ask) => {
      await ask(`delete from poll_count where id = '${id}'`);
      await ask(`update poll set outcome = null, cast_count = null where id = '${id}'`);
    });
    expect((await look(id)).results).toBeNull();
    test.world.clock.advance(60_000);
    await test.world.runJobs();
    await test.world.runJobs();
    expect((await look(id)).results).toEqual({ outcome: 'PASSED' });
  });

  it('has a quorum of the roll and of the votes, and a threshold', async () => {
    const outcome = async (input: Variables, ballots: Variables[]) => {
      const poll = await anOpenPoll(test, community, input);
      const people = [community.owner, ...community.members];
      for (const [n, ballot] of ballots.entries()) {
        const choices = (ballot as { choices?: string[] }).choices?.map((title) => poll.options[title]);
        await cast(test, people[n] as Person, poll.id, choices ? { choices } : ballot);
      }
      return (await test.get<OnePoll>(community.owner, CLOSE, { id: poll.id })).results?.outcome;
    };
    const [oak, elm, abstain] = [{ choices: ['Oak'] }, { choices: ['Elm'] }, { abstain: true }];
    expect(await outcome({ quorum: 0.5 }, [oak])).toBe('NO_QUORUM');
    expect(await outcome({ quorum: 50 }, [oak, abstain])).toBe('PASSED');
    expect(await outcome({ turnoutQuorum: 0.6 }, [oak, abstain])).toBe('NO_QUORUM');
    expect(await outcome({ threshold: '2/3' }, [oak, oak, elm])).toBe('PASSED');
    expect(await outcome({ threshold: '>2/3' }, [oak, oak, elm])).toBe('FAILED');
    expect(await outcome({ threshold: '>2/3' }, [oak, oak, oak, elm])).toBe('PASSED');
    expect(await outcome({}, [oak, elm])).toBe('FAILED');
    expect(await outcome({}, [abstain])).toBe('FAILED');
    expect(await outcome({ noneOfTheAbove: true }, [oak])).toBe('PASSED');
    expect(await outcome({ noneOfTheAbove: true }, [{ choices: ['None of the above'] }])).toBe('FAILED');
  });
});
