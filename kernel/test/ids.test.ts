import { createHash } from 'node:crypto';
import { canonicalId, hashedId, isUuid, keyId, namedId, numberedId, uuidv7 } from '../src/ids.ts';

const timeOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

describe('uuidv7', () => {
  it('makes canonical version 7 variant 1 ids', () => {
    for (let i = 0; i < 500; i++)
      expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('ascends without repeats however many are drawn in one millisecond', () => {
    const ids = Array.from({ length: 50_000 }, () => uuidv7());
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ascends within one given millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => uuidv7(1_700_000_000_000));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carries exactly the given time, also when it goes back', () => {
    expect([1_900_000_000_123, 1_000, 0].map((ms) => timeOf(uuidv7(ms)))).toEqual([1_900_000_000_123, 1_000, 0]);
  });

  it('keeps the wall clock of ids that were drawn after one with a given time', () => {
    uuidv7(4_000_000_000_000);
    expect(timeOf(uuidv7())).toBeLessThan(4_000_000_000_000);
  });
});

describe('numberedId', () => {
  const NUMBERS = [0, 1, 2, 255, 256, 1_000_000, 2 ** 32, Number.MAX_SAFE_INTEGER];

  it('ascends with the number and is a version 8 variant 1 id', () => {
    const ids = NUMBERS.map((number) => numberedId('AccessChange', number));
    expect(ids).toEqual([...ids].sort());
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('gives each number of each type an id of its own, the same every time', () => {
    const ids = ['AccessChange', 'LoggedDecision'].flatMap((type) => NUMBERS.map((number) => numberedId(type, number)));
    expect(new Set(ids).size).toBe(2 * NUMBERS.length);
    expect(numberedId('AccessChange', 7)).toBe(numberedId('AccessChange', 7));
  });
});

describe('namedId', () => {
  it('gives each name of each type an id of its own, the same every time', () => {
    const ids = ['Permission', 'Setting'].flatMap((type) => ['a.b.c', 'a.b'].map((name) => namedId(type, name)));
    expect(new Set(ids).size).toBe(4);
    expect(ids.every(isUuid)).toBe(true);
    expect(namedId('Permission', 'a.b.c')).toBe(ids[0]);
  });
});

describe('hashedId', () => {
  it('gives each hash an id of its own and leaves the hash as it is', () => {
    const [a, b] = ['a', 'b'].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
    const before = a.toString('hex');
    expect(hashedId(a)).not.toBe(hashedId(b));
    expect([hashedId(a), hashedId(b)].every(isUuid)).toBe(true);
    expect(a.toString('hex')).toBe(before);
  });
});

describe('isUuid', () => {
  it('accepts canonical ids only', () => {
    expect(isUuid(uuidv7())).toBe(true);
    const refused = [
      uuidv7().toUpperCase(),
      '',
      'abc',
      uuidv7().replaceAll('-', ''),
      `{${uuidv7()}}`,
      `${uuidv7()}\n`,
      7,
      null,
      undefined,
    ];
    expect(refused.filter(isUuid)).toEqual([]);
  });
});

describe('canonicalId', () => {
  it('lowers the case of UUIDs and of nothing else', () => {
    const id = uuidv7();
    const others = ['', 'Key-A', `${id.toUpperCase()}\n`, id.toUpperCase().replaceAll('-', '')];
    expect(canonicalId(id.toUpperCase())).toBe(id);
    expect(others.map(canonicalId)).toEqual(others);
  });
});

describe('keyId', () => {
  it('lets canonical ids into keys, and throws for all else', () => {
    const id = uuidv7();
    expect(keyId(id)).toBe(id);
    for (const other of [id.toUpperCase(), '', 'roles', `${id}:x`]) expect(() => keyId(other)).toThrow('in a key');
  });
});
