import { createHash, randomBytes } from 'node:crypto';

interface Sequence {
  ms: number;
  counter: number;
}

const COUNTER_LIMIT = 2 ** 32;
const CANONICAL_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID = new RegExp(CANONICAL_UUID, 'i');

/** The nil UUID (RFC 9562 section 5.9): an id that nothing ever has, for where there is none. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const byWallClock: Sequence = { ms: 0, counter: 0 };
const byGivenTime: Sequence = { ms: -1, counter: 0 };

function advance(sequence: Sequence, ms: number, random: Buffer) {
  if (ms !== sequence.ms) {
    sequence.ms = ms;
    sequence.counter = random.readUInt32BE(0) >>> 1;
  } else if (++sequence.counter === COUNTER_LIMIT) {
    sequence.ms += 1;
    sequence.counter = random.readUInt32BE(0) >>> 1;
  }
}

function format({ ms, counter }: Sequence, random: Buffer) {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | (counter >>> 20), 6);
  bytes.writeUInt16BE(0x8000 | ((counter >>> 6) & 0x3fff), 8);
  random.copy(bytes, 10, 4, 10);
  bytes[10] = ((counter & 0x3f) << 2) | ((random[4] ?? 0) & 0x03);
  return hyphenated(bytes);
}

function hyphenated(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * A UUIDv7 (RFC 9562 section 6.2, method 1: 32-bit counter). Ids drawn from the wall clock always ascend within a process, also when
 * that clock steps back; with `nowMs` (Unix milliseconds) the id carries exactly that time and ascends within one millisecond.
 */
export function uuidv7(nowMs?: number): string {
  const random = randomBytes(10);
  const sequence = nowMs === undefined ? byWallClock : byGivenTime;
  advance(sequence, nowMs === undefined ? Math.max(Date.now(), sequence.ms) : Math.trunc(nowMs), random);
  return format(sequence, random);
}

/** The UUIDv8 (RFC 9562 section 5.8) of these 16 bytes, of which six bits go to version and variant. */
function uuidv8(bytes: Buffer): string {
  const id = Buffer.from(bytes);
  id[6] = 0x80 | ((id[6] ?? 0) & 0x0f);
  id[8] = 0x80 | ((id[8] ?? 0) & 0x3f);
  return hyphenated(id);
}

/**
 * The id of a row that has a number only: a UUIDv8 that differs from those of all other types, and ascends with the number. `type` is the name of the
 * type in the graph, `number` an integer from 0 to 2^53 - 1.
 */
export function numberedId(type: string, number: number): string {
  const bytes = createHash('sha256').update(type).digest().subarray(0, 16);
  bytes.writeBigUInt64BE(BigInt(number), 8);
  return uuidv8(bytes);
}

/** The id of a thing that has a name only: a UUIDv8 of the hash of its type's name in the graph and its own. */
export function namedId(type: string, name: string): string {
  return hashedId(
    createHash('sha256')
      .update(JSON.stringify([type, name]))
      .digest(),
  );
}

/** The id of a row that is kept by a hash: a UUIDv8 of its first 16 bytes. */
export function hashedId(hash: Buffer): string {
  return uuidv8(hash.subarray(0, 16));
}

/**
 * Whether the value is a UUID of any version in its canonical form: hyphenated, in lower case. PostgreSQL finds a row by an id in any case, but
 * keys, cursors and comparisons in memory would not, so nothing but this form counts as an id inside.
 */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && CANONICAL_UUID.test(value);
}

/**
 * An id that came from outside, as it is spelled inside: Swift and SQL Server print UUIDs in upper case. Any other text stays as it is. Every door
 * calls this, and nothing behind a door does.
 */
export function canonicalId(text: string): string {
  return UUID.test(text) ? text.toLowerCase() : text;
}

/** The id, to be made part of a key. Throws an Error for every other spelling of it, because what is kept under that nobody would find. */
export function keyId(id: string): string {
  if (!isUuid(id)) throw new Error('The id in a key is not a UUID in lower case.');
  return id;
}
