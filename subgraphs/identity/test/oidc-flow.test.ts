import * as client from 'openid-client';
import { anApplication, authorizeUrl, CALLBACK, consentTo, discover, type OidcWorld, startOidc, tokensFor } from './oidc-harness.ts';

let world: OidcWorld;
let config: client.Configuration;
beforeAll(async () => {
  world = await startOidc();
  config = await discover(world, await anApplication(world));
});
afterAll(() => world.close());

test('openid-client completes code and PKCE, and learns who signed in', async () => {
  const tokens = await tokensFor(world, config);
  expect(tokens.claims()).toMatchObject({ sub: world.person.id, aud: config.clientMetadata().client_id, acr: 'aal1', amr: ['pwd'] });
  expect(tokens.access_token).toMatch(/^polity_at_/);
  expect(tokens.refresh_token).toMatch(/^polity_rt_/);
  const info = await client.fetchUserInfo(config, tokens.access_token, world.person.id);
  expect(info).toMatchObject({ sub: world.person.id, email: world.person.email, email_verified: true, preferred_username: world.person.username });
});
