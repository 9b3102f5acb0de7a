import { type GraphQLInputType, getNamedType, getNullableType, isEnumType, isListType } from 'graphql';
import type { Pool } from './pool.ts';

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN'];
const TEXTS = [
  '',
  ' ',
  'a\0b',
  '\ud800',
  'x\udfff',
  'x'.repeat(10_000),
  '\u202eabc',
  'e\u0301'.repeat(300),
  '\ufdfa'.repeat(100),
  '%_\\',
  "'; drop table user_account; --",
  '{{7*7}}',
  '../../etc/passwd',
  'javascript:alert(1)',
  'https://[::1]:99999/x',
  'http://a.example/\u0000',
  '{"a":',
  '- : [&a *a]',
  '&a [*a]',
  'tests: [{name: x, expect: [{permission: __proto__, at: team, allowed: true}]}]',
  '\n\r\t',
  'İıß',
  '🏳️‍🌈',
  '0',
  '-1',
  '1e400',
  '9'.repeat(400),
  '0.0.0.0',
  '999999999999999.1.1.1',
  '1.1.1.1',
  'a@b.example',
  `${'a'.repeat(64)}@${'b.'.repeat(90)}example`,
  'polity_pat_x',
  'a.b.c',
  ...NAMES,
];
const OTHERS = [0, -1, 1.5, 2 ** 31, -(2 ** 31), 2 ** 53, 1e308, true, [], {}, [[]], { __proto__x: 1 }, { id: 1 }];
const MOMENTS = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59.999999999Z',
  '9999-12-31T23:59:59-01:00',
  '10000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01',
  '1970-01-01T00:00:00Z',
  '4713-01-01T00:00:00Z',
];
const NUMBERS = [0, 1, -1, 100, 101, 1_000, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, 1e308, '1'];

function nested(levels: number): unknown {
  return JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
}
const TREES = [
  null,
  0,
  'text',
  true,
  [],
  nested(32),
  nested(33),
  nested(2_000),
  JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{}}}'),
  { id: 'x', rawId: 'x', type: 'public-key', response: {}, clientExtensionResults: {} },
  {
    id: '\0',
    rawId: 1,
    type: [],
    response: { clientDataJSON: 'e30', attestationObject: 'e30' },
    clientExtensionResults: {},
  },
  {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    response: {
      clientDataJSON: 'bnVsbA',
      authenticatorData: 'AAAA',
      signature: 'AAAA',
      userHandle: 'AAAA',
      attestationObject: 'oA',
    },
    clientExtensionResults: {},
  },
  { a: 1e308, b: -0, c: 'x'.repeat(10_000) },
  Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`k${n}`, n])),
];

const UUIDS = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '01890000-0000-7000-8000-00000000abcd',
  '01890000-0000-7000-8000-00000000ABCD',
  '0189000000007000800000000000abcd',
  '{01890000-0000-7000-8000-00000000abcd}',
  'urn:uuid:01890000-0000-7000-8000-00000000abcd',
  '01890000-0000-7000-8000-00000000abcg',
  'roles',
  'a:b',
];

/** Keys of a row as a cursor could hold them, none of which the list wrote. */
const KEYS: unknown[] = [
  null,
  '',
  'a\0b',
  '\ud800',
  '__proto__',
  'x'.repeat(1_000),
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  true,
  [],
  {},
  { t: 0 },
  { t: -62_167_219_200_000 },
  { t: -62_135_596_800_001 },
  { t: 8.64e15 },
  { t: 1e300 },
  { t: 'x' },
  '01890000-0000-7000-8000-00000000ABCD',
  '00000000-0000-0000-0000-000000000000',
];

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Cursors that are broken, and those of a real one with other keys in it. */
export function brokenCursors(real: string | null): string[] {
  const broken = ['x', '!', encoded([]), encoded(null), encoded('x'), encoded({ length: 3 }), 'A'.repeat(3_000)];
  const [tag, ...keys] = real ? (JSON.parse(Buffer.from(real, 'base64url').toString('utf8')) as unknown[]) : [];
  if (tag === undefined) return broken;
  const forged = keys.flatMap((_, at) => KEYS.map((key) => encoded([tag, ...keys.with(at, key)])));
  return [...broken, ...forged, encoded([tag]), encoded([tag, ...keys, 1])];
}

/** What may be sent where this type is taken; `ids` are those of things of other types. */
export function hostileValues(
  type: GraphQLInputType,
  pool: Pool,
  own: string | null,
  cursors: readonly string[],
): unknown[] {
  const named = getNamedType(type);
  const others = [...pool].filter(([thing]) => thing !== own).map(([, id]) => id);
  const scalars: Record<string, unknown[]> = {
    ID: [...UUIDS, ...others, ...TEXTS, ...OTHERS],
    String: [...cursors, ...TEXTS, ...OTHERS, ...UUIDS.slice(0, 1)],
    DateTime: [...MOMENTS, ...OTHERS, '', 'a\0b', '__proto__'],
    Int: [...NUMBERS, '', [], {}, null],
    Boolean: [true, false, 0, 'true', null],
    JSON: TREES,
  };
  const values = isEnumType(named)
    ? [...named.getValues().map(({ name }) => name), '', 'nothing', '__proto__', 'toString', 0, true, []]
    : (scalars[named.name] ?? OTHERS);
  if (!isListType(getNullableType(type))) return [...values, null];
  return [
    ...values.map((value) => [value]),
    null,
    [],
    [null],
    [[]],
    Array(1_000).fill(values[0]),
    [values[0], values[1]],
    'x',
  ];
}
