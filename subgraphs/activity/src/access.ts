import { type AccessDeclaration, addedTo, permissionsAt } from '@polity/kernel/access/catalogue';

const permissions = permissionsAt(['TENANT'], {
  'activity.feed.manage': "Keep one's own feed: subscriptions, mutes and what is read.",
});
const codes = permissions.map(({ code }) => code);

/** What others may grant here. Reading needs no right of its own: an entry is for those who may see the thing of which it speaks. */
export const access: AccessDeclaration = {
  permissions,
  roles: addedTo('TENANT', { 'tenant.owner': codes, 'tenant.member': codes }),
};
