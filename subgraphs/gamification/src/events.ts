import {
  contentHidden,
  contentRestored,
  type DataOf,
  id,
  moment,
  placeFields,
  visibility,
  word,
} from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const achievement = z.strictObject({
  achievementId: id('The achievement.'),
  key: word('Its key, unique in the tenant.'),
  kind: z.enum(['ACHIEVEMENT', 'BADGE']).describe('What it is.'),
  ...placeFields,
  visibility,
});
const grant = achievement.extend({
  grantId: id('The grant.'),
  userId: id('Who has it.'),
  period: word('The period that it is for; empty where it is granted once.'),
});
const by = z.enum(['RULE', 'PERSON']).describe('Who did it: a rule or a person.');

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const gamificationEvents = {
  'gamification.achievement.created': achievement.describe('An achievement was made.'),
  'gamification.achievement.updated': achievement.describe('An achievement was changed.'),
  'gamification.achievement.archived': achievement.describe('An achievement is granted to nobody any more.'),
  'gamification.grant.awarded': grant
    .extend({ by, expiresAt: moment('When it ends; null for never.').nullable() })
    .describe('Somebody was granted an achievement.'),
  'gamification.grant.revoked': grant.extend({ by }).describe('A grant was taken away.'),
  'gamification.grant.expired': grant.describe('The time of a grant is over.'),
  'gamification.content.hidden': contentHidden,
  'gamification.content.restored': contentRestored,
};

export type GamificationEvents = DataOf<typeof gamificationEvents>;

export const recordEvent = recorder<GamificationEvents>();
