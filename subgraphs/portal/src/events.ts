import {
  contentHidden,
  contentRestored,
  type DataOf,
  flag,
  id,
  mirrorChanged,
  placeFields,
  scopeFields,
  told,
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
const aboutCommunity = { about: { type: 'Community', id: 'communityId' } };
const aboutTeam = { about: { type: 'Team', id: 'teamId' } };
const aboutPost = { about: { type: 'Post', id: 'postId' } };
const noticed = (kind: string, says: string) => ({ ...aboutCommunity, notice: { kind, says } });
const post = z.strictObject({ postId: id('The post.'), ...placeFields, visibility });

/** What the portal tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const portalEvents = {
  'portal.community.created': told(
    community.extend({ ownerId: id('Who made it, and owns it.') }).describe('A community was made.'),
    aboutCommunity,
  ),
  'portal.community.updated': told(
    community.describe('The name, description or settings of a community were changed.'),
    aboutCommunity,
  ),
  'portal.community.archived': told(
    community.describe('A community was archived: it stays readable, and takes nothing new.'),
    aboutCommunity,
  ),
  'portal.membership.requested': told(membership.describe('Somebody asked to become a member.'), aboutCommunity),
  'portal.membership.invited': told(
    membership.describe('Somebody was invited to become a member.'),
    noticed('invitation', '{actor} invited you to a community'),
  ),
  'portal.membership.activated': told(
    membership.describe('Somebody became a member of a community.'),
    noticed('membership', 'You are a member of a community now'),
  ),
  'portal.membership.role_changed': told(
    membership.describe('A member has another role in the community.'),
    noticed('role', 'You have another role in a community'),
  ),
  'portal.membership.ended': told(
    membership
      .extend({ banned: flag('Whether they were banned.') })
      .describe('Somebody is no member of a community any more, or was not let in.'),
    noticed('membership', 'You are no member of a community any more'),
  ),
  'portal.team.created': told(team.describe('A team was made.'), aboutTeam),
  'portal.team.updated': told(team.describe('The name or settings of a team were changed.'), aboutTeam),
  'portal.team.deleted': told(team.describe('A team was deleted.'), aboutTeam),
  'portal.team_membership.created': told(team.extend({ userId }).describe('Somebody became a member of a team.'), {
    ...aboutTeam,
    notice: { kind: 'membership', says: 'You are a member of a team now' },
  }),
  'portal.team_membership.ended': told(team.extend({ userId }).describe('Somebody is no member of a team any more.'), {
    ...aboutTeam,
    notice: { kind: 'membership', says: 'You are no member of a team any more' },
  }),
  'portal.post.created': told(post.describe('Somebody posted.'), aboutPost),
  'portal.post.updated': told(post.describe('A post was edited.'), aboutPost),
  'portal.post.deleted': told(post.describe('A post was deleted.'), aboutPost),
  'portal.module.set': z
    .strictObject({ ...scopeFields, key: word('Key of the module.'), enabled: flag('Whether it is there now.') })
    .describe('A module was switched on or off at a scope.'),
  'portal.content.hidden': contentHidden,
  'portal.content.restored': contentRestored,
  'portal.mirror.changed': mirrorChanged,
};

export type PortalEvents = DataOf<typeof portalEvents>;

export const recordEvent = recorder<PortalEvents>(mirrors);
