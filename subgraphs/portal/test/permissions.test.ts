import { access } from '../src/access.ts';

it('gives members of the tenant nothing that acts inside communities they have not joined', () => {
  const member = access.roles.find(({ key }) => key === 'tenant.member');
  expect(member?.permissions).toEqual(['portal.community.create', 'portal.community.join', 'portal.post.read']);
});
