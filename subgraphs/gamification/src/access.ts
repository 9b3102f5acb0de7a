import { type AccessDeclaration, addedTo, everyScopeType, permissionsAt } from '@polity/kernel/access/catalogue';

const member = ['gamification.achievement.read'];
const issuer = [...member, 'gamification.grant.manage'];
const designer = [...member, 'gamification.achievement.manage'];
const owner = [...issuer, 'gamification.achievement.manage'];

/** What others may grant here, and what it adds to the roles of tenants and communities. */
export const access: AccessDeclaration = {
  permissions: permissionsAt(everyScopeType, {
    'gamification.achievement.read':
      'See achievements for members and who has them, at scopes of which one is a member.',
    'gamification.achievement.manage': 'See every achievement, hidden ones among them; make, change and archive them.',
    'gamification.grant.manage': 'Grant achievements by hand, and revoke grants.',
  }),
  roles: [
    ...addedTo('TENANT', { 'tenant.owner': owner, 'tenant.member': member }),
    ...addedTo('COMMUNITY', { 'portal.owner': owner, 'portal.moderator': owner, 'portal.member': member }),
    ...addedTo('TEAM', { 'portal.member': member }),
    ...everyScopeType.flatMap((scopeType) => [
      {
        key: 'gamification.issuer',
        name: 'Issuer of achievements',
        description: 'Grants achievements here, and revokes grants.',
        scopeType,
        permissions: issuer,
      },
      {
        key: 'gamification.designer',
        name: 'Designer of achievements',
        description: 'Makes achievements here, and says what earns them.',
        scopeType,
        permissions: designer,
      },
    ]),
  ],
};
