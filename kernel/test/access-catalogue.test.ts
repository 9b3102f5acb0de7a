import { codesOf, createCatalogue, decodeMask, encodeMask } from '../src/access/catalogue.ts';

const entry = (code: string, bit: number) => ({ code, bit, description: code });

describe('the permission catalogue', () => {
  it('reads back the codes of a mask over several words, in the order of their bits', () => {
    const catalogue = createCatalogue(
      [entry('a.b.c', 70), entry('a.b.d', 0), entry('a.b.e', 31), entry('a.b.f', 32)],
      1,
    );
    expect(catalogue.words).toBe(3);
    expect(codesOf(catalogue, decodeMask(catalogue, encodeMask(catalogue, ['a.b.c', 'a.b.f', 'a.b.e'])))).toEqual([
      'a.b.e',
      'a.b.f',
      'a.b.c',
    ]);
    expect(codesOf(catalogue, new Uint32Array([0xffffffff, 0xffffffff, 0xffffffff]))).toEqual([
      'a.b.d',
      'a.b.e',
      'a.b.f',
      'a.b.c',
    ]);
  });

  it('drops from a newer mask the codes it does not know yet, and reads an older, shorter one', () => {
    const old = createCatalogue([entry('a.b.c', 3)], 1);
    const grown = createCatalogue([entry('a.b.c', 3), entry('a.b.d', 40)], 2);
    expect(codesOf(old, decodeMask(old, encodeMask(grown, ['a.b.c', 'a.b.d'])))).toEqual(['a.b.c']);
    expect(codesOf(grown, decodeMask(grown, encodeMask(old, ['a.b.c'])))).toEqual(['a.b.c']);
  });

  it('refuses a code or a bit that comes twice, and what is no code or no bit', () => {
    expect(() => createCatalogue([entry('a.b.c', 0), entry('a.b.c', 1)], 1)).toThrow('comes twice');
    expect(() => createCatalogue([entry('a.b.c', 0), entry('a.b.d', 0)], 1)).toThrow('share bit 0');
    expect(() => createCatalogue([entry('a.b', 0)], 1)).toThrow('<subgraph>.<noun>.<verb>');
    expect(() => createCatalogue([entry('a.b.c', -1)], 1)).toThrow('no usable bit');
    expect(() => createCatalogue([entry('a.b.c', 1.5)], 1)).toThrow('no usable bit');
  });

  it('refuses to write a mask with an unknown code', () => {
    expect(() => encodeMask(createCatalogue([entry('a.b.c', 0)], 1), ['a.b.x'])).toThrow(
      'a.b.x is not in the catalogue',
    );
  });
});
