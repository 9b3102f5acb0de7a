import type { Authorizer } from '@polity/kernel/access/authorizer';
import { belongsTo, type RowPlace } from '@polity/kernel/access/placed';

/** What reading and managing achievements takes. */
export const codes = { read: 'gamification.achievement.read', manage: 'gamification.achievement.manage' };

type At = Pick<RowPlace, 'scope'>;

export const canManage = (authorizer: Authorizer, { scope }: At): boolean => authorizer.may(codes.manage, scope);

export const canGrant = (authorizer: Authorizer, { scope }: At): boolean =>
  authorizer.may('gamification.grant.manage', scope);

/** Whether they belong to the place of an achievement, and so may be granted it by hand. */
export const canHold = (authorizer: Authorizer, place: RowPlace): boolean => belongsTo(authorizer, codes, place);
