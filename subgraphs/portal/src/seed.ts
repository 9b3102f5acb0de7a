import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import { personRequest } from '@polity/kernel/request/acting';
import type { Context } from './context.ts';
import * as communities from './domain/community/community.service.ts';
import * as memberships from './domain/membership/membership.service.ts';
import * as posts from './domain/post/post.service.ts';
import * as teams from './domain/team/team.service.ts';
import * as teamMemberships from './domain/team/team-membership.service.ts';
import { demoPosts } from './seed-posts.ts';

/** Ids of the demo tenant and its people. */
interface DemoPeople {
  tenantId: string;
  admin: string;
  alice: string;
  bob: string;
}

/** The community "Builders" with its team "Core" and posts of each visibility, by the verbs that people use; nothing where it exists. */
export async function seedBuilders(open: OpenContext<Context>, people: DemoPeople): Promise<void> {
  const as = (name: 'admin' | 'alice' | 'bob') => open(personRequest(people.tenantId, people[name]));
  if (await communities.find(as('admin'), { slug: 'builders' })) return;
  const community = await communities.create(as('admin'), {
    slug: 'builders',
    name: 'Builders',
    description: 'People who make things, and show each other how.',
  });
  for (const name of ['alice', 'bob'] as const) await memberships.join(as(name), community.id);
  const core = { communityId: community.id, slug: 'core', name: 'Core', description: 'Keeps the workshop running.' };
  const team = await teams.create(as('admin'), core);
  for (const name of ['admin', 'alice'] as const) await teamMemberships.add(as('admin'), team.id, people[name]);
  const ids = { TENANT: people.tenantId, COMMUNITY: community.id, TEAM: team.id };
  for (const { author, at, ...post } of demoPosts) {
    await posts.create(as(author), { ...post, scope: { type: at, id: ids[at] } });
  }
}

const PEOPLE =
  'query DemoPeople($emails: [String!]!) { _tenant(slug: "demo") { id } _usersByEmail(emails: $emails) { id username } }';

/** Seeds what identity has made the tenant and the people for. Throws where they are not there yet. */
export async function seedDemo(runtime: Runtime, open: OpenContext<Context>): Promise<void> {
  const emails = ['admin', 'alice', 'bob'].map((name) => `${name}@demo.test`);
  const found = await runtime
    .services(null)
    .call<{ _tenant: { id: string } | null; _usersByEmail: { id: string; username: string }[] }>('identity', PEOPLE, {
      emails,
    });
  const idOf = (name: string) => found._usersByEmail.find(({ username }) => username.endsWith(name))?.id;
  const [tenantId, admin, alice, bob] = [found._tenant?.id, idOf('admin'), idOf('alice'), idOf('bob')];
  if (!tenantId || !admin || !alice || !bob) throw new Error('The demo tenant and its people are not there yet.');
  await seedBuilders(open, { tenantId, admin, alice, bob });
}
