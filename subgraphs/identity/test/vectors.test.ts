import { argon2Sync, createCipheriv } from 'node:crypto';
import { addressBlock } from '@polity/kernel/request/address-block';
import { generateSync } from 'otplib';
import { loadCommonPasswords } from '../src/domain/credential/common-passwords.ts';
import { passwordHasher } from '../src/domain/credential/hash-queue.ts';
import { passwordProblem } from '../src/domain/credential/password.policy.ts';

const repeat = (byte: number, times: number) => Buffer.alloc(times, byte);

test('Node computes Argon2id as RFC 9106 section 5.3 has it', () => {
  const tag = argon2Sync('argon2id', {
    message: repeat(1, 32),
    nonce: repeat(2, 16),
    secret: repeat(3, 8),
    associatedData: repeat(4, 12),
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  });
  expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
});

test('our hashes are those of Node, with the parameters of OWASP', async () => {
  const pepper = repeat(7, 32);
  const hasher = await passwordHasher({ pepper });
  const [, algorithm, version, parameters, salt = '', tag] = (await hasher.hash('Å long password')).split('$');
  expect([algorithm, version, parameters]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1']);
  const computed = argon2Sync('argon2id', {
    message: 'Å long password'.normalize('NFKC'),
    nonce: Buffer.from(salt, 'base64'),
    secret: pepper,
    parallelism: 1,
    tagLength: 32,
    memory: 19_456,
    passes: 2,
  });
  expect(computed.toString('base64').replace(/=+$/, '')).toBe(tag);
  expect(Buffer.from(salt, 'base64')).toHaveLength(16);
});

test('codes are those of RFC 4226, appendix D', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const codes = Array.from({ length: 10 }, (_, counter) => generateSync({ strategy: 'hotp', secret, counter }));
  expect(codes).toEqual([
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]);
});

test('AES-256-GCM is that of NIST (CAVP gcmEncryptExtIV256, 128-bit plaintext and AAD)', () => {
  const hex = (text: string) => Buffer.from(text, 'hex');
  // Test case 16 of the GCM specification (McGrew and Viega).
  const cipher = createCipheriv(
    'aes-256-gcm',
    hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'),
    hex('cafebabefacedbaddecaf888'),
  );
  cipher.setAAD(hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'));
  const plaintext = hex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  );
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  expect(ciphertext.toString('hex')).toBe(
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
  );
  expect(cipher.getAuthTag().toString('hex')).toBe('76fc6ece0f4e1768cddf8853bb2d551b');
});

describe('passwords', () => {
  const common = loadCommonPasswords();
  const context = ['Acme Housing', 'ada.lovelace@people.test', 'ada.lovelace', 'people'];

  test.each([
    'correct horse battery staple',
    'zwölf Boxkämpfer jagen Viktor',
    'r4nd0m-looking_but!fine',
    '今日はとても良い天気ですね、散歩しましょう',
    'ends differently from how it began',
  ])('%s may be used', (password) => {
    expect(passwordProblem(password, common, context)).toBeNull();
  });

  test.each([
    ['fourteen chars', 'needs at least 15'],
    ['a'.repeat(257), 'may have at most 256'],
    ['aaaaaaaaaaaaaaaaaaaa', 'repeats itself'],
    ['abcabcabcabcabcabc', 'repeats itself'],
    ['letmein-letmein-letmein', 'repeats itself'],
    ['123456789012345', 'row of keys'],
    ['qwertyuiopasdfgh', 'row of keys'],
    ['ponmlkjihgfedcba', 'row of keys'],
    ['password1234567890', 'most used'],
    ['Sunshine-20252026!', 'common word'],
    ['Ada.Lovelace@People.test', 'too close'],
    ['acme housing 12', 'too close'],
    ['fifteen chars\u0000ab', 'cannot be typed'],
  ])('%j is refused', (password, problem) => {
    expect(passwordProblem(password, common, context)).toContain(problem);
  });

  test('the list holds thousands of what is guessed first', () => {
    expect(common.size).toBeGreaterThan(3000);
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001::6', '2001:db8:1:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the block of %s is %s', (address, block) => {
  expect(addressBlock(address)).toBe(block);
});
