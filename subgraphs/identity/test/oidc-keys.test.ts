import { randomBytes } from 'node:crypto';
import { importJWK, jwtVerify, SignJWT } from 'jose';
import { resealSigningKeys, rotateSigningKeys, signingKeys } from '../src/domain/oidc-payload/signing-keys.ts';
import { secretBox } from '../src/secrets.ts';
import { type IdentityWorld, startIdentity } from './harness.ts';

let world: IdentityWorld;
beforeEach(async () => {
  world = await startIdentity();
});
afterEach(() => world.close());

const DAY_MS = 24 * 3600 * 1000;
const secrets = secretBox(randomBytes(32).toString('base64url'), ['k1']);
const em = () => world.subgraph('identity').runtime.em(null);
const keys = async (algorithm = 'ES256') =>
  (await signingKeys(em(), secrets, world.clock.now()))
    .filter(({ alg }) => alg === algorithm)
    .map(({ kid }) => kid as string);

test('processes that start together share one first key', async () => {
  const found = await Promise.all(Array.from({ length: 10 }, () => keys()));
  expect(new Set(found.map((kids) => kids.join())).size).toBe(1);
  expect(found[0]).toHaveLength(1);
});

test('there is an RSA key beside, with a life of its own', async () => {
  const [first, ...none] = await keys('RS256');
  expect([none, await keys()]).toEqual([[], [expect.not.stringMatching(`^${first}$`)]]);
  world.clock.advance(89 * DAY_MS);
  expect(await keys('RS256')).toEqual([first, expect.any(String)]);
});

test('a new key is published for a day before it signs, and the former one for thirty days after', async () => {
  const [first] = await keys();
  await rotateSigningKeys(em(), secrets, world.clock.now());
  const [still, next, ...none] = await keys();
  expect([still, none]).toEqual([first, []]);
  world.clock.advance(DAY_MS + 1);
  expect(await keys()).toEqual([next, first]);
  world.clock.advance(30 * DAY_MS);
  expect(await keys()).toEqual([next]);
});

test('a key that has signed for ninety days makes room for the next by itself', async () => {
  const [first] = await keys();
  world.clock.advance(89 * DAY_MS);
  const staged = await keys();
  expect(staged).toHaveLength(2);
  expect(staged[0]).toBe(first);
  world.clock.advance(DAY_MS + 1);
  expect((await keys())[0]).toBe(staged[1]);
});

test('a token of the former key is still good after the change', async () => {
  const [before] = await signingKeys(em(), secrets, world.clock.now());
  const jwt = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: before!.kid as string })
    .sign(await importJWK(before!, 'ES256'));
  await rotateSigningKeys(em(), secrets, world.clock.now());
  world.clock.advance(DAY_MS + 1);
  const after = await signingKeys(em(), secrets, world.clock.now());
  const { d: _, ...publicKey } = after.find(({ kid }) => kid === before!.kid)!;
  await expect(jwtVerify(jwt, await importJWK(publicKey, 'ES256'))).resolves.toBeTruthy();
});

test('a rotation of the keys of secrets seals signing keys anew', async () => {
  const master = randomBytes(32).toString('base64url');
  const [before] = await signingKeys(em(), secretBox(master, ['k1']), world.clock.now());
  expect(await resealSigningKeys(em(), secretBox(master, ['k2', 'k1']))).toBe(2);
  expect(await resealSigningKeys(em(), secretBox(master, ['k2', 'k1']))).toBe(0);
  expect((await signingKeys(em(), secretBox(master, ['k2']), world.clock.now()))[0]).toEqual(before);
});

test('a key moved to another row does not open', async () => {
  await keys();
  await rotateSigningKeys(em(), secrets, world.clock.now());
  await em().execute('update signing_key set sealed_key = (select sealed_key from signing_key order by id limit 1)');
  await expect(keys()).rejects.toThrow('belongs somewhere else');
});

test('the provider signs with the new key once it is its turn, without a restart', async () => {
  const { oidc } = world.ports;
  const ofOurs = async () => (await oidc.publicKeys()).filter(({ alg }) => alg === 'ES256');
  const [first] = await ofOurs();
  world.clock.advance(90 * DAY_MS);
  await oidc.refresh();
  const published = await ofOurs();
  expect(published).toHaveLength(2);
  expect(published[0]?.kid).toBe(first?.kid);
  world.clock.advance(DAY_MS + 1);
  await oidc.refresh();
  expect((await ofOurs())[0]?.kid).toBe(published[1]?.kid);
  for (const key of await oidc.publicKeys())
    expect(Object.keys(key).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name))).toEqual([]);
});
