// Ballots into one hot poll, of both kinds, and the results of a closed poll as they were stored.

import { cpus, loadavg } from 'node:os';
import { uuidv7 } from '@polity/kernel/ids';
import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { startTestServer } from '@polity/kernel/testing/postgres';
import { access } from '../../subgraphs/access/src/subgraph.ts';
import { voting } from '../../subgraphs/voting/src/subgraph.ts';
import { percentile } from '../one-process.ts';

const VOTERS = Number(process.env.VOTERS ?? 4_000);
/** Clients that vote at the same time; each casts the next ballot when its last one was answered. */
const AT_ONCE = 32;
const READS = 300;

const CREATE = 'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id options { id } } }';
const ELECTORS =
  'mutation ($id: ID!, $electors: [ElectorInput!]!) { putElectors(pollId: $id, electors: $electors) { id } }';
const OPEN = 'mutation ($id: ID!) { openPoll(id: $id) { id } }';
const CAST = 'mutation ($input: CastVoteInput!) { castVote(input: $input) { id } }';
const CLOSE = 'mutation ($id: ID!) { closePoll(id: $id) { id } }';
const RESULTS = `query ($id: ID!) { poll(id: $id) { turnout { cast eligible } results { outcome winners { id } ranking { id } tallies { count option { id title } }
  rounds { reason exhausted tallies { count } } } } }`;

interface Shown {
  turnout: { cast: number };
  results: { tallies: { count: string }[] };
}

const patient = () => ({ deadline: Date.now() + 120_000 });

async function hotPoll(test: TestSubgraph, owner: Person, voters: readonly Person[], anonymous: boolean) {
  const scope = { type: 'TENANT', id: test.tenantId };
  const options = Array.from({ length: 8 }, (_, index) => ({ title: `Option ${index}` }));
  const input = {
    scope,
    title: 'Hot',
    method: 'PLURALITY',
    eligibility: 'LIST',
    visibility: 'PUBLIC',
    anonymous,
    options,
  };
  const poll = await test.get<{ id: string; options: { id: string }[] }>(owner, CREATE, { input });
  for (let from = 0; from < voters.length; from += 1_000) {
    const electors = voters.slice(from, from + 1_000).map(({ id: userId }) => ({ userId }));
    await test.get(owner, ELECTORS, { id: poll.id, electors }, patient());
  }
  await test.get(owner, OPEN, { id: poll.id }, patient());
  return poll;
}

async function measured(
  test: TestSubgraph,
  owner: Person,
  voters: readonly Person[],
  anonymous: boolean,
): Promise<void> {
  const poll = await hotPoll(test, owner, voters, anonymous);
  const queue = voters.entries();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [index, voter] of queue) {
        const choices = [poll.options[index % poll.options.length]?.id];
        await test.get(voter, CAST, { input: { pollId: poll.id, choices } }, patient());
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  await test.get(owner, CLOSE, { id: poll.id }, patient());
  await test.world.runJobs();
  const shown = await test.get<Shown>(owner, RESULTS, { id: poll.id });
  const sum = shown.results.tallies.reduce((total, { count }) => total + Number(count), 0);
  const times: number[] = [];
  for (let read = 0; read < READS; read++) {
    const start = performance.now();
    await test.get(owner, RESULTS, { id: poll.id });
    if (read >= READS / 3) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const kind = anonymous ? 'without names' : 'with names';
  const each = ((user + system) / 1_000 / voters.length).toFixed(2);
  console.log(
    `${kind}: ${(voters.length / seconds).toFixed(0)} ballots/s, ${each} ms CPU of this process each, ${AT_ONCE} at once`,
  );
  console.log(
    `  cast ${shown.turnout.cast}, tallies sum up to ${sum} of ${voters.length}${sum === voters.length ? '' : '  NOT EXACT'}`,
  );
  console.log(
    `  stored result: median ${percentile(times, 0.5).toFixed(2)} ms, p95 ${percentile(times, 0.95).toFixed(2)} ms`,
  );
}

const server = await startTestServer();
try {
  const test = await openSubgraph(voting, { beside: [access] });
  const owner = await test.person('tenant.owner');
  const voters: Person[] = [];
  for (let n = 0; n < VOTERS; n++) voters.push(await test.person());
  console.log(
    `node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(2)}, run ${uuidv7().slice(-4)}`,
  );
  // The sets of rights are there before anybody votes, as those of people who have looked at the poll.
  for (const voter of voters) await test.get(voter, 'query ($id: ID!) { poll(id: $id) { id } }', { id: uuidv7() });
  await measured(test, owner, voters, false);
  await measured(test, owner, voters, true);
  await test.world.close();
} finally {
  await server.stop();
}
