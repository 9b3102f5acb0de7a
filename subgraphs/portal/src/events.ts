import {
  contentHidden,
  contentRestored,
  type DataOf,
  flag,
  id,
  mirrorChanged,
  placeFields,
  scopeFields,
  visibility,
  word,
} from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';
import { mirrors } from './mirrors.ts';

const communityId = id('The community.');
const userId = id('The person.');
const community = z.strictObject({ communityId, visibility });
const membership = z.strictObject({ communityId, userId, roleKey: word('Key of their role there.') });
const team = z.strictObject({ communityId, teamId: id('The team.') });
const post = z.strictObject({ postId: id('The post.'), ...placeFields, visibility });

/** What the portal tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const portalEvents = {
  'portal.community.created': community
    .extend({ ownerId: id('Who made it, and owns it.') })
    .describe('A community was made.'),
  'portal.community.updated': community.describe('The name, description or settings of a community were changed.'),
  'portal.community.archived': community.describe(
    'A community was archived: it stays readable, and takes nothing new.',
  ),
  'portal.membership.requested': membership.describe('Somebody asked to become a member.'),
  'portal.membership.invited': membership.describe('Somebody was invited to become a member.'),
  'portal.membership.activated': membership.describe('Somebody became a member of a community.'),
  'portal.membership.role_changed': membership.describe('A member has another role in the community.'),
  'portal.membership.ended': membership
    .extend({ banned: flag('Whether they were banned.') })
    .describe('Somebody is no member of a community any more, or was not let in.'),
  'portal.team.created': team.describe('A team was made.'),
  'portal.team.updated': team.describe('The name or settings of a team were changed.'),
  'portal.team.deleted': team.describe('A team was deleted.'),
  'portal.team_membership.created': team.extend({ userId }).describe('Somebody became a member of a team.'),
  'portal.team_membership.ended': team.extend({ userId }).describe('Somebody is no member of a team any more.'),
  'portal.post.created': post.describe('Somebody posted.'),
  'portal.post.updated': post.describe('A post was edited.'),
  'portal.post.deleted': post.describe('A post was deleted.'),
  'portal.module.set': z
    .strictObject({ ...scopeFields, key: word('Key of the module.'), enabled: flag('Whether it is there now.') })
    .describe('A module was switched on or off at a scope.'),
  'portal.content.hidden': contentHidden,
  'portal.content.restored': contentRestored,
  'portal.mirror.changed': mirrorChanged,
};

export type PortalEvents = DataOf<typeof portalEvents>;

export const recordEvent = recorder<PortalEvents>(mirrors);
