import { anonymous } from '@polity/kernel/testing/harness';
import { aPerson, aTenant, codesOf, type IdentityWorld, PASSWORD, SIGN_IN, startIdentity } from './harness.ts';

const MAKE = 'mutation { createPersonalToken(input: { name: "script", scopes: ["graph.read"] }) { secret } }';

let world: IdentityWorld;
beforeEach(async () => {
  world = await startIdentity();
});
afterEach(() => world.close());

const codeOf = (tried: Promise<void>) =>
  tried.then(
    () => 'ok',
    ({ code }: { code: string }) => code,
  );
const times = (codes: readonly unknown[], wanted: unknown) => codes.filter((code) => code === wanted).length;

test('of sixty tries at once on one account, from as many addresses, twenty count', async () => {
  const { throttle } = world.ports;
  const tries = Array.from({ length: 60 }, (_, n) =>
    codeOf(throttle.take({ account: 'pwd:ada', address: `192.0.2.${n}` })),
  );
  const codes = await Promise.all(tries);
  expect([times(codes, 'ok'), times(codes, 'RATE_LIMITED')]).toEqual([20, 40]);
});

test('tries that were refused do not count: where one succeeded, the next has its place', async () => {
  const { throttle } = world.ports;
  const tried = (n: number) => ({ account: 'pwd:ada', address: `192.0.2.${n}` });
  await Promise.all(Array.from({ length: 60 }, (_, n) => codeOf(throttle.take(tried(n)))));
  await throttle.succeeded(tried(200), 1);
  expect(await Promise.all([codeOf(throttle.take(tried(201))), codeOf(throttle.take(tried(202)))])).toEqual([
    'ok',
    'RATE_LIMITED',
  ]);
});

test('of 320 tries at once from one address, over as many accounts, three hundred count', async () => {
  const { throttle } = world.ports;
  const tries = Array.from({ length: 320 }, (_, n) =>
    codeOf(throttle.take({ account: `pwd:${n}`, address: '192.0.2.1' })),
  );
  expect(times(await Promise.all(tries), 'ok')).toBe(300);
});

test('of twenty-five sign-ins at once from one place, four are free and one more is let through', async () => {
  await aTenant(world);
  const person = await aPerson(world);
  const variables = { email: person.email, password: `${PASSWORD}?` };
  const replies = await Promise.all(
    Array.from({ length: 25 }, () => world.gql(anonymous, SIGN_IN, variables, { address: '192.0.2.9' })),
  );
  const codes = replies.flatMap(codesOf);
  expect([times(codes, 'INVALID_CREDENTIALS'), times(codes, 'RATE_LIMITED')]).toEqual([5, 20]);
});

test('of sixty personal tokens at once, fifty are made', async () => {
  await aTenant(world);
  const person = await aPerson(world);
  const replies = await Promise.all(Array.from({ length: 60 }, () => world.gql(person.viewer, MAKE)));
  expect(replies.filter(({ errors }) => !errors)).toHaveLength(50);
  expect(replies.flatMap(codesOf)).toEqual(Array(10).fill('VALIDATION_ERROR'));
});

test('of thirty tenants at once, ten are made', async () => {
  await aTenant(world);
  const person = await aPerson(world);
  const create = 'mutation($input: CreateTenantInput!) { createTenant(input: $input) { id } }';
  const replies = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      world.gql(person.viewer, create, { input: { slug: `town-${n}`, name: 'Town' } }),
    ),
  );
  expect(replies.filter(({ errors }) => !errors)).toHaveLength(10);
  expect(new Set(replies.flatMap(codesOf))).toEqual(new Set(['RATE_LIMITED']));
});

test('a mail to a stranger quotes names as names: no links, nothing hidden, nothing that turns the text around', async () => {
  const name = 'Bank\u202e https://evil.example/login www.evil.example\r\nBcc: all';
  const { subject, text, html } = world.ports.mails.invitation(
    { to: 'a@people.test', language: 'en', tenant: { slug: 'bank', name, accentColor: null } },
    'token',
    name,
  );
  for (const part of [
    subject,
    text.replaceAll('http://localhost:4000', ''),
    html.replaceAll('http://localhost:4000', ''),
  ]) {
    expect(part).not.toMatch(/:\/\/|evil\.example|\u202e|\r/);
    expect(part).toContain('evil\u00b7example');
  }
});

test('a tenant takes no name that leads elsewhere or hides something', async () => {
  await aTenant(world);
  const person = await aPerson(world);
  const create = 'mutation($input: CreateTenantInput!) { createTenant(input: $input) { id } }';
  for (const name of ['see https://evil.example', 'www.evil.example', 'Bank\u202e', 'a\u200bb']) {
    const reply = await world.gql(person.viewer, create, { input: { slug: 'some-town', name } });
    expect([name, codesOf(reply)]).toEqual([name, ['VALIDATION_ERROR']]);
  }
});
