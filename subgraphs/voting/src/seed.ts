import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import { personRequest } from '@polity/kernel/request/acting';
import type { Context } from './context.ts';
import * as ballots from './domain/ballot/ballot.service.ts';
import { PollOption } from './domain/option/option.entity.ts';
import { Poll } from './domain/poll/poll.entity.ts';
import * as opening from './domain/poll/poll.opening.ts';
import * as polls from './domain/poll/poll.service.ts';

const PEOPLE =
  'query DemoPeople($emails: [String!]!) { _tenant(slug: "demo") { id } _usersByEmail(emails: $emails) { id username } }';
const TITLE = 'What do we build next?';

interface Found {
  _tenant: { id: string } | null;
  _usersByEmail: { id: string; username: string }[];
}

/** An open poll at the demo tenant in which one has voted, by the verbs that people use; nothing where it exists. Throws where its people are missing. */
export async function seedDemo(runtime: Runtime, open: OpenContext<Context>): Promise<void> {
  const emails = ['admin', 'alice'].map((name) => `${name}@demo.test`);
  const found = await runtime.services(null).call<Found>('identity', PEOPLE, { emails });
  const idOf = (name: string) => found._usersByEmail.find(({ username }) => username.endsWith(name))?.id;
  const [tenantId, admin, alice] = [found._tenant?.id, idOf('admin'), idOf('alice')];
  if (!tenantId || !admin || !alice) throw new Error('The demo tenant and its people are not there yet.');
  const em = runtime.em(tenantId);
  if ((await em.count(Poll, { title: TITLE, authorId: admin })) > 0) return;
  const { id } = await polls.create(open(personRequest(tenantId, admin)), {
    ...{ title: TITLE, scope: { type: 'TENANT', id: tenantId }, method: 'RANKED', rule: 'SCHULZE' },
    description: 'Put them in order. Equal ranks are fine, and you may change your mind until the poll closes.',
    options: ['A boat', 'A bench', 'A radio'].map((title) => ({ title })),
    resultsVisibility: 'AFTER_VOTE',
  });
  await opening.openPoll(open(personRequest(tenantId, admin)), id);
  const options = await em.fork().find(PollOption, { pollId: id }, { orderBy: { position: 'asc' } });
  const ranking = options.map((option) => [option.id]);
  await ballots.cast(open(personRequest(tenantId, alice)), { pollId: id, ranking });
}
