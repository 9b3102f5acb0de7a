import { buffer } from 'node:stream/consumers';
import { FilesUnavailable } from '@polity/kernel/files/store';
import { onePixel, uploaded } from '@polity/kernel/testing/uploads';
import { onDatabase } from '@polity/kernel/testing/walls';
import { aPerson, aTenant, codesOf, type IdentityWorld, type Place, startIdentity } from './harness.ts';

const DAY_MS = 24 * 3_600_000;
const UPDATE = 'mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { logoUrl name } }';

let world: IdentityWorld;
let place: Place;
beforeAll(async () => {
  world = await startIdentity();
});
beforeEach(async () => {
  place = await aTenant(world);
});
afterAll(() => world.close());

type Updated = { updateTenant: { logoUrl: string | null; name: string } };

const set = async (logo: string | null) =>
  (await world.data<Updated>(place.owner.viewer, UPDATE, { input: { logo } })).updateTenant.logoUrl;
const refusal = async (logo: string, viewer = place.owner.viewer) =>
  codesOf(await world.gql(viewer, UPDATE, { input: { logo } }));
const nameIn = (url: string | null) => url?.split('/').at(-1) as string;
const isThere = (url: string | null) => world.platform.files.size(`identity/${nameIn(url)}`);
const filesOf = () =>
  onDatabase(world, 'identity', (ask) =>
    ask<{ name: string; uploaded_by: string }>(`select name, uploaded_by from file where tenant_id = '${place.id}'`),
  );

describe('the logo of a tenant', () => {
  it('is a picture that its administrator uploaded, at an address of its own', async () => {
    expect(await set(null)).toBeNull();
    const url = await set(await uploaded(world, place.owner.id));
    expect(url).toMatch(/^http:\/\/localhost:4000\/files\/[\w-]{22}\/identity\/[0-9a-f-]{36}\.png$/);
    const stored = await world.platform.files.open(`identity/${nameIn(url)}`);
    expect((await buffer(stored!)).equals(onePixel)).toBe(true);
    expect(await filesOf()).toEqual([{ name: nameIn(url), uploaded_by: place.owner.id }]);
    const { tenant } = await world.data<{ tenant: unknown }>(place.owner.viewer, '{ tenant { logoUrl } }');
    expect(tenant).toEqual({ logoUrl: url });
    // What is not named stays.
    const { updateTenant } = await world.data<Updated>(place.owner.viewer, UPDATE, { input: { name: 'Another name' } });
    expect(updateTenant).toEqual({ logoUrl: url, name: 'Another name' });
    expect(await set(null)).toBeNull();
  });

  it('is no upload of somebody else, of another tenant, of another kind, or of nobody', async () => {
    const other = await aPerson(world);
    expect(await refusal(await uploaded(world, other.id))).toEqual(['TOKEN_INVALID']);
    const table = await uploaded(world, place.owner.id, 'IMPORT', Buffer.from('a,b'));
    expect(await refusal(table)).toEqual(['TOKEN_INVALID']);
    for (const wrong of ['', 'x', 'A'.repeat(96)]) expect(await refusal(wrong)).toEqual(['TOKEN_INVALID']);
    const here = world.tenantId;
    const elsewhere = await aTenant(world);
    const foreign = await uploaded(world, place.owner.id);
    world.tenantId = here;
    expect(elsewhere.id).not.toBe(here);
    expect(await refusal(foreign)).toEqual(['TOKEN_INVALID']);
    expect(await filesOf()).toEqual([]);
  });

  it('is nothing that others may change: they are refused before their upload is looked at', async () => {
    const other = await aPerson(world);
    const token = await uploaded(world, other.id);
    expect(await refusal(token, other.viewer)).toEqual(['FORBIDDEN']);
    expect(await filesOf()).toEqual([]);
  });

  it('takes an upload once, with twenty at once and ever after', async () => {
    const token = await uploaded(world, place.owner.id);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => world.gql(place.owner.viewer, UPDATE, { input: { logo: token } })),
    );
    const codes = replies.map((reply) => codesOf(reply)[0] ?? 'ok').sort();
    expect(codes).toEqual([...Array(19).fill('TOKEN_INVALID'), 'ok']);
    expect(await refusal(token)).toEqual(['TOKEN_INVALID']);
    expect((await filesOf()).length).toBe(1);
  });

  it('stays as it was while the store is away, and takes the same upload afterwards', async () => {
    const token = await uploaded(world, place.owner.id);
    const { files } = world.platform;
    const { move } = files;
    files.move = async () => Promise.reject(new FilesUnavailable(new Error('away')));
    const codes = await refusal(token).finally(() => {
      files.move = move;
    });
    expect(codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(await set(token)).toMatch(/\.png$/);
  });

  it('waits for the verb for 20 hours, and no longer', async () => {
    const [soon, late] = [await uploaded(world, place.owner.id), await uploaded(world, place.owner.id)];
    world.clock.advance(DAY_MS * (19 / 24));
    expect(await set(soon)).toMatch(/\.png$/);
    world.clock.advance(DAY_MS * (2 / 24));
    expect(await refusal(late)).toEqual(['TOKEN_INVALID']);
  });
});

describe('files', () => {
  it('go a day after nothing refers to them any more, and not before', async () => {
    const [first, second] = [
      await set(await uploaded(world, place.owner.id)),
      await set(await uploaded(world, place.owner.id)),
    ];
    const sizes = async () => [await isThere(first), await isThere(second)];
    world.clock.advance(3_700_000);
    await world.runJobs();
    expect(await sizes()).toEqual([onePixel.length, onePixel.length]);
    world.clock.advance(DAY_MS - 3_700_000);
    await world.runJobs();
    expect(await sizes()).toEqual([onePixel.length, onePixel.length]);
    world.clock.advance(2 * 3_700_000);
    await world.runJobs();
    expect(await sizes()).toEqual([null, onePixel.length]);
    expect((await filesOf()).map(({ name }) => name)).toEqual([nameIn(second)]);
    // As often as it is run.
    world.clock.advance(5 * DAY_MS);
    await world.runJobs();
    expect(await sizes()).toEqual([null, onePixel.length]);
  });

  it('of a verb that failed after it had claimed them go, too', async () => {
    const token = await uploaded(world, place.owner.id);
    const taken = await aTenant(world);
    world.tenantId = place.id;
    const reply = await world.gql(place.owner.viewer, UPDATE, { input: { logo: token, slug: taken.slug } });
    expect(codesOf(reply)).toEqual(['ALREADY_EXISTS']);
    const claimed = async () => {
      const names: string[] = [];
      for await (const { key } of world.platform.files.list('identity')) names.push(key.slice('identity/'.length));
      const known = await onDatabase(world, 'identity', (ask) => ask<{ name: string }>('select name from file'));
      return names.filter((name) => !known.some((row) => row.name === name)).length;
    };
    expect(await claimed()).toBe(1);
    // The upload is the viewer's still.
    expect(await set(token)).toMatch(/\.png$/);
    const again = await uploaded(world, place.owner.id);
    await world.gql(place.owner.viewer, UPDATE, { input: { logo: again, slug: taken.slug } });
    expect(await claimed()).toBe(1);
    world.clock.advance(DAY_MS + 3_700_000);
    await world.runJobs();
    expect(await claimed()).toBe(0);
  });
});
