import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import { personRequest } from '@polity/kernel/request/acting';
import type { Context } from './context.ts';
import { follow } from './domain/follow/follow.service.ts';
import { Profile } from './domain/profile/profile.entity.ts';
import { update } from './domain/profile/profile.service.ts';

const PEOPLE =
  'query DemoPeople($emails: [String!]!) { _tenant(slug: "demo") { id } _usersByEmail(emails: $emails) { id username } }';

interface Found {
  _tenant: { id: string } | null;
  _usersByEmail: { id: string; username: string }[];
}

const PROFILES = {
  alice: {
    bio: 'I build things that outlast meetings, and keep the minutes of those that cannot be avoided.',
    pronouns: 'she/her',
    location: 'Vienna',
    interests: ['Carpentry', 'Bicycles', 'Sociocracy'],
    links: [{ label: 'Garden', url: 'https://garden.example/alice' }],
    timeZone: 'Europe/Vienna',
    locale: 'en',
  },
  bob: {
    bio: 'New here. Ask me about boats.',
    pronouns: 'he/him',
    location: 'Trondheim',
    interests: ['Boats', 'Radio'],
    links: [],
    timeZone: 'Europe/Oslo',
    locale: 'en',
  },
};

/** Profiles of two demo people, one of whom follows the other; nothing where they are. Throws where the people are missing. */
export async function seedDemo(runtime: Runtime, open: OpenContext<Context>): Promise<void> {
  const emails = Object.keys(PROFILES).map((name) => `${name}@demo.test`);
  const found = await runtime.services(null).call<Found>('identity', PEOPLE, { emails });
  const idOf = (name: string) => found._usersByEmail.find(({ username }) => username === name)?.id;
  const [tenantId, alice, bob] = [found._tenant?.id, idOf('alice'), idOf('bob')];
  if (!tenantId || !alice || !bob) throw new Error('The demo tenant and its people are not there yet.');
  if ((await runtime.em(tenantId).count(Profile, { userId: [alice, bob] })) > 0) return;
  await update(open(personRequest(tenantId, alice)), PROFILES.alice);
  await update(open(personRequest(tenantId, bob)), PROFILES.bob);
  await follow(open(personRequest(tenantId, bob)), alice);
}
