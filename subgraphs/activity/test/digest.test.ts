import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import { access } from '../../access/src/subgraph.ts';
import { events } from '../../events/src/subgraph.ts';
import { identity } from '../../identity/src/subgraph.ts';
import { portal } from '../../portal/src/subgraph.ts';
import { voting } from '../../voting/src/subgraph.ts';
import { activity } from '../src/subgraph.ts';
import { aCommunity, from } from './factories.ts';

interface Kept {
  to: string;
  subject: string;
  text: string;
  links: string[];
  headers?: Record<string, string>;
}

const INVITE = 'mutation ($id: ID!, $userId: ID!) { inviteToCommunity(communityId: $id, userId: $userId) { id } }';
const SET =
  'mutation ($input: NotificationSettingInput!) { setNotificationSetting(input: $input) { topic listed mail push } }';
const READ = 'mutation ($upTo: DateTime!) { markNotificationsRead(upTo: $upTo) }';

let test: TestSubgraph;
let owner: Person;

beforeAll(async () => {
  const now = new Date('2026-11-22T12:00:00Z');
  test = await openSubgraph(activity, { beside: [access, identity, portal, voting, events], now });
  owner = await test.person();
});
afterAll(() => test?.world.close());

const addressOf = ({ id }: Person) => `${id}@people.test`;
const mailsTo = (person: Person): Kept[] =>
  (test.world.subgraph('identity').ports as { keptMails(): Kept[] })
    .keptMails()
    .filter(({ to }) => to === addressOf(person));

/** Somebody with an account, invited to a community. */
async function invited(status = 'ACTIVE'): Promise<Person> {
  const person = await test.person();
  await onDatabase(test.world, 'identity', (ask) =>
    ask(`insert into user_account (id, created_at, username, display_name, email, status, updated_at)
      values ('${person.id}', now(), '${person.id.slice(-12)}', 'Somebody', '${addressOf(person)}', '${status}', now())`),
  );
  return person;
}

async function invite(person: Person): Promise<void> {
  const other = await aCommunity(test, owner);
  await from(test, 'portal', owner, INVITE, { id: other.id, userId: person.id });
  await test.world.settle();
}

async function morning(): Promise<void> {
  test.world.clock.advance(24 * 3_600_000);
  await test.world.runJobs();
}

it('goes once in the morning with what came, to who has an account, and says how it is stopped', async () => {
  const person = await invited();
  const gone = await invited('SUSPENDED');
  for (const each of [person, person, gone]) await invite(each);
  await test.world.runJobs();
  expect(mailsTo(person)).toEqual([]);
  await morning();
  await morning();
  const [mail, ...more] = mailsTo(person);
  expect(more).toEqual([]);
  expect(mailsTo(gone)).toEqual([]);
  expect(mail?.text.match(/invited you to a community/g)).toHaveLength(2);
  const link = mail?.links.find((each) => each.includes('/notifications/unsubscribe/'));
  expect(mail?.headers).toEqual({
    'List-Unsubscribe': `<${link}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
});

it('says nothing that was read, stopped or may not be known any more by then', async () => {
  const [reader, stopped, left] = [await invited(), await invited(), await invited()];
  for (const each of [reader, stopped, left]) await invite(each);
  await test.get(reader, READ, { upTo: test.world.clock.now().toISOString() });
  await test.get(stopped, SET, { input: { listed: true, mail: 'NEVER', push: false } });
  const unbind = 'mutation ($userId: ID!, $scope: ScopeInput!) { _unbindRoles(userId: $userId, scope: $scope) }';
  const scope = { type: 'TENANT', id: test.tenantId };
  await test.world.services(test.tenantId).call('access', unbind, { userId: left.id, scope });
  await morning();
  expect([reader, stopped, left].map((each) => mailsTo(each).length)).toEqual([0, 0, 0]);
});

it('goes at once where that is chosen', async () => {
  const person = await invited();
  await test.get(person, SET, { input: { topic: 'invitation', listed: true, mail: 'IMMEDIATELY', push: false } });
  await invite(person);
  await test.world.runJobs();
  expect(mailsTo(person)).toHaveLength(1);
});
