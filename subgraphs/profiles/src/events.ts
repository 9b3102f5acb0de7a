import { type DataOf, id } from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const person = z.strictObject({ userId: id('Whose profile it is.') });
const follow = z.strictObject({ followerId: id('Who follows.'), followedId: id('Whom.') });
const field = z.strictObject({ fieldId: id('The field.') });

/** What this subgraph tells others, by type. Blocks are told to nobody. */
export const profilesEvents = {
  'profiles.profile.updated': person.describe('Somebody changed their profile, or who may read it.'),
  'profiles.follow.requested': follow.describe('Somebody asked to follow somebody.'),
  'profiles.follow.created': follow.describe('Somebody follows somebody who did not have to be asked.'),
  'profiles.follow.approved': follow.describe('Somebody was let follow whom they had asked.'),
  'profiles.follow.ended': follow.describe('Somebody follows somebody no more, or does not ask any more.'),
  'profiles.field.created': field.describe("A field of the tenant's own was made."),
  'profiles.field.updated': field.describe("A field of the tenant's own was changed."),
  'profiles.field.deleted': field.describe("A field of the tenant's own was deleted."),
};

export type ProfilesEvents = DataOf<typeof profilesEvents>;

export const recordEvent = recorder<ProfilesEvents>();
