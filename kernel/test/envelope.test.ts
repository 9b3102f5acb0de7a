import { randomBytes } from 'node:crypto';
import { EnvelopeError, keyIdOf, open, seal } from '../src/crypto/envelope.ts';

const key = { id: 'k2', key: randomBytes(32) };
const older = { id: 'k1', key: randomBytes(32) };
const place = 'signing_key.sealed_key:7';

test('an envelope opens at its own place and nowhere else', () => {
  const envelope = seal(key, 'täglich', place);
  expect(envelope).toMatch(/^v1\.k2\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  expect(open([key], envelope, place)).toBe('täglich');
  expect(() => open([key], envelope, 'signing_key.sealed_key:8')).toThrow(EnvelopeError);
});

test('two envelopes of one secret differ, so that equal secrets cannot be told', () => {
  expect(seal(key, 'same', place)).not.toBe(seal(key, 'same', place));
});

test('an envelope of an older key opens while that key is kept', () => {
  const envelope = seal(older, 'kept', place);
  expect(keyIdOf(envelope)).toBe('k1');
  expect(open([key, older], envelope, place)).toBe('kept');
  expect(() => open([key], envelope, place)).toThrow('The key of this envelope is not there.');
});

test.each([2, 3, 4])('a change in part %i of an envelope is noticed', (part) => {
  const parts = seal(key, 'a secret of some length', place).split('.');
  const bytes = Buffer.from(parts[part] as string, 'base64url');
  bytes[0] = (bytes[0] as number) ^ 1;
  parts[part] = bytes.toString('base64url');
  expect(() => open([key], parts.join('.'), place)).toThrow(EnvelopeError);
});

test.each(['', 'v1', 'v2.k2.a.b.c', 'v1.k2.a.b', 'v1.k2.a.b.c.d', 'v1.k2.AAAAAAAAAAAAAAAA.AA.AA'])(
  '"%s" is no envelope',
  (text) => {
    expect(() => open([key], text, place)).toThrow(EnvelopeError);
  },
);
