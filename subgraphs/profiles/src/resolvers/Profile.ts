import { avatarUrl } from '../domain/avatar/avatar.view.ts';
import { privacyOf } from '../domain/profile/profile.privacy.ts';
import { completenessOf, fieldValuesOf, ownly, shown, statusOf } from '../domain/profile/profile.view.ts';
import type { ProfileResolvers } from '../generated/graphql.ts';

export const Profile: ProfileResolvers = {
  bio: (view) => shown(view, 'bio', view.parts.bio, null),
  pronouns: (view) => shown(view, 'pronouns', view.parts.pronouns, null),
  location: (view) => shown(view, 'location', view.parts.location, null),
  links: (view) => shown(view, 'links', view.parts.links, []),
  interests: (view) => shown(view, 'interests', view.parts.interests, []),
  locale: (view) => ownly(view, view.parts.locale),
  timeZone: (view) => ownly(view, view.parts.timeZone),
  avatarUrl: (view, args, ctx) => avatarUrl(ctx, view, args),
  status: (view, _, ctx) => statusOf(view, ctx.clock.nowMs()),
  customFields: (view, _, ctx) => fieldValuesOf(ctx, view),
  privacy: (view) => {
    const { privacy, approvesFollowers } = view.parts;
    return ownly(view, { ...privacyOf(privacy), approvesFollowers });
  },
  completeness: (view) => ownly(view, completenessOf(view)),
};
