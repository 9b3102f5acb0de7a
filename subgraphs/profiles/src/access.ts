import { type AccessDeclaration, addedTo, permissionsAt } from '@polity/kernel/access/catalogue';

const member = ['profiles.profile.edit', 'profiles.person.follow', 'profiles.person.block'];

/** What others may grant here, and what it adds to the roles of tenants. */
export const access: AccessDeclaration = {
  permissions: permissionsAt(['TENANT'], {
    'profiles.profile.edit': "Fill in one's own profile, and choose who reads it.",
    'profiles.person.follow': 'Follow members of the tenant.',
    'profiles.person.block': 'Block members of the tenant: neither sees the other.',
    'profiles.field.manage':
      "Make, change and delete the tenant's own fields of profiles, and read what is for nobody else.",
  }),
  roles: [...addedTo('TENANT', { 'tenant.owner': [...member, 'profiles.field.manage'], 'tenant.member': member })],
};
