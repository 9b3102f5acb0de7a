import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { onePixel, uploaded } from '@polity/kernel/testing/uploads';
import sharp from 'sharp';
import { PRIVACY, seenOf, startProfiles } from './factories.ts';

const SET = 'mutation ($upload: String!) { setAvatar(upload: $upload) { id } }';
const REMOVE = 'mutation { removeAvatar { id } }';

let test: TestSubgraph;
beforeAll(async () => {
  test = await startProfiles();
});
afterAll(() => test?.world.close());

const picture = (width = 300, height = 200) => sharp({ create: { width, height, channels: 3, background: '#f80' } });
const upload = (person: Person, content: Buffer) => uploaded(test.world, person.id, 'IMAGE', content);

async function urlOf(viewer: Parameters<TestSubgraph['ask']>[0], person: Person, args = ''): Promise<string> {
  const { profile } = await seenOf<{ profile: { avatarUrl: string } }>(
    test,
    viewer,
    person,
    `profile { avatarUrl${args} }`,
  );
  return profile.avatarUrl;
}

/** What lies in the store under the address of a picture. */
async function storedAt(url: string): Promise<Buffer> {
  const key = new URL(url).pathname.split('/').slice(-2).join('/');
  const stream = await test.world.platform.files.open(key);
  const parts: Buffer[] = [];
  for await (const part of stream ?? []) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const isInitials = (url: string) => url.startsWith('data:image/svg+xml,');

describe('setAvatar', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
    'makes a %s anew in every size and format',
    async (format) => {
      const person = await test.person();
      await test.get(person, SET, { upload: await upload(person, await picture().toFormat(format).toBuffer()) });
      for (const [args, size, kind] of [
        ['', 128, 'webp'],
        ['(size: 1)', 64, 'webp'],
        ['(size: 65)', 128, 'webp'],
        ['(size: 256, format: AVIF)', 256, 'heif'],
        ['(size: 1000)', 512, 'webp'],
      ] as const) {
        const found = await sharp(await storedAt(await urlOf(person, person, args))).metadata();
        expect([args, found.width, found.height, found.format]).toEqual([args, size, size, kind]);
      }
    },
  );

  it('turns it as the camera was held, and keeps nothing that the file says of it', async () => {
    const person = await test.person();
    const marked = await picture(400, 100)
      .composite([{ input: { create: { width: 200, height: 100, channels: 3, background: '#00f' } }, left: 0, top: 0 }])
      .withExif({ IFD0: { Copyright: 'Secret place' }, IFD3: { GPSLatitude: '48/1 12/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(marked.includes('Secret place')).toBe(true);
    await test.get(person, SET, { upload: await upload(person, marked) });
    const stored = await storedAt(await urlOf(person, person, '(size: 64)'));
    expect(stored.includes('Secret place')).toBe(false);
    const { exif, icc, xmp, orientation } = await sharp(stored).metadata();
    expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    // What was left is above now.
    const { data, info } = await sharp(stored).raw().toBuffer({ resolveWithObject: true });
    const blueAt = (x: number, y: number) => data[(y * info.width + x) * info.channels + 2] ?? 0;
    expect(blueAt(32, 4) > 150 && blueAt(32, 60) < 100).toBe(true);
  });

  it('refuses what is no picture, is cut off, moves, is too large or too small', async () => {
    const person = await test.person();
    const png = await picture().png().toBuffer();
    const jpeg = await picture(600, 600).jpeg().toBuffer();
    const frames = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { width: 20, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = sharp(frames, { join: { animated: true } });
    const bad: Record<string, Buffer> = {
      'a truncated PNG': png.subarray(0, png.length - 40),
      'a truncated JPEG': jpeg.subarray(0, jpeg.length >> 1),
      'a head of a PNG without a picture': Buffer.concat([
        png.subarray(0, 8),
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.repeat(9)),
      ]),
      'a GIF that moves': await moving.clone().gif().toBuffer(),
      'a WebP that moves': await moving.clone().webp().toBuffer(),
      'one of 30,000 pixels': await sharp({ create: { width: 30_000, height: 20, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
      'one of a hundred million pixels': await sharp({
        create: { width: 10_000, height: 10_000, channels: 3, background: 'red' },
        limitInputPixels: false,
      })
        .png({ compressionLevel: 9 })
        .toBuffer(),
      'one pixel': onePixel,
    };
    for (const [what, content] of Object.entries(bad)) {
      const reply = await test.ask(person, SET, { upload: await upload(person, content) });
      expect([what, reply.errors?.[0]?.extensions?.code]).toEqual([what, 'VALIDATION_ERROR']);
    }
    expect(isInitials(await urlOf(person, person))).toBe(true);
  });

  it('takes an upload once, of who sent it, and none that is an SVG', async () => {
    const [person, other] = [await test.person(), await test.person()];
    const token = await upload(person, await picture().png().toBuffer());
    expect(await test.codeOf(other, SET, { upload: token })).toBe('TOKEN_INVALID');
    const codes = await Promise.all(Array.from({ length: 20 }, () => test.codeOf(person, SET, { upload: token })));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([null, 'TOKEN_INVALID']));
    expect(await test.codeOf(person, SET, { upload: 'nothing' })).toBe('TOKEN_INVALID');
    await expect(upload(person, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).rejects.toThrow();
  });
});

describe('a picture', () => {
  it('is replaced, and taken away', async () => {
    const person = await test.person();
    await test.get(person, SET, { upload: await upload(person, await picture().png().toBuffer()) });
    const first = await urlOf(person, person);
    await test.get(person, SET, { upload: await upload(person, await picture(100, 100).png().toBuffer()) });
    expect(await urlOf(person, person)).not.toBe(first);
    for (let n = 0; n < 2; n++) await test.get(person, REMOVE);
    expect(isInitials(await urlOf(person, person))).toBe(true);
  });

  it('is for whom the person chose, at an address that ends where that is not everybody; others see initials', async () => {
    const person = await test.person();
    await test.get(person, SET, { upload: await upload(person, await picture().png().toBuffer()) });
    expect(await urlOf(anonymous, person)).not.toContain('until=');
    await test.get(person, PRIVACY, { input: { avatar: 'MEMBERS' } });
    expect(await urlOf(await test.person(), person)).toContain('until=');
    const initials = await urlOf(anonymous, person);
    expect(isInitials(initials)).toBe(true);
    expect(decodeURIComponent(initials)).not.toMatch(/script|href|on\w+=/i);
  });

  it('has sizes from 1 to 1,024', async () => {
    const person = await test.person();
    for (const size of [0, -1, 1_025]) {
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { profile { avatarUrl(size: ${size}) } } } }`;
      expect(await test.codeOf(person, query, { r: [{ __typename: 'User', id: person.id }] })).toBe('VALIDATION_ERROR');
    }
  });
});
