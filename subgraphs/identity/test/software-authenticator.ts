import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** Flag bits of authenticator data (WebAuthn L3 6.1). */
const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;

type CborValue = number | string | Uint8Array | Map<CborValue, CborValue>;

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}

/** The part of CBOR (RFC 8949) that authenticators need. */
export function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (typeof value === 'string') return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([cborHead(2, value.length), value]);
  return Buffer.concat([cborHead(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
}

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256' | 'ES384';

function keyPairOf(algorithm: Algorithm): { privateKey: KeyObject; cose: Buffer } {
  const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
  if (algorithm === 'EdDSA') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' });
    return {
      privateKey,
      cose: cbor(
        new Map<CborValue, CborValue>([
          [1, 1],
          [3, -8],
          [-1, 6],
          [-2, bytes(x)],
        ]),
      ),
    };
  }
  if (algorithm === 'RS256') {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: 'jwk' });
    return {
      privateKey,
      cose: cbor(
        new Map<CborValue, CborValue>([
          [1, 3],
          [3, -257],
          [-1, bytes(n)],
          [-2, bytes(e)],
        ]),
      ),
    };
  }
  const [namedCurve, alg, curve] = algorithm === 'ES256' ? (['P-256', -7, 1] as const) : (['P-384', -35, 2] as const);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const { x, y } = publicKey.export({ format: 'jwk' });
  return {
    privateKey,
    cose: cbor(
      new Map<CborValue, CborValue>([
        [1, 2],
        [3, alg],
        [-1, curve],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ]),
    ),
  };
}

/** What a test can make an authenticator or its browser do wrong. */
export interface Behaviour {
  origin?: string;
  challenge?: string;
  rpId?: string;
  type?: string;
  userVerified?: boolean;
  userPresent?: boolean;
  counter?: number;
  userHandle?: string | null;
  crossOrigin?: boolean;
  topOrigin?: string;
  /** Changes the signature after it was made. */
  tamper?: boolean;
  backupEligible?: boolean;
  backedUp?: boolean;
  /** Attestation statement other than `none`. */
  attestation?: { format: string; statement: Map<CborValue, CborValue> };
  algorithm?: Algorithm;
  transports?: string[];
}

interface CreationOptions {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
  excludeCredentials?: { id: string }[];
}

interface RequestOptions {
  challenge: string;
  rpId?: string;
}

export interface HeldCredential {
  id: string;
  privateKey: KeyObject;
  algorithm: Algorithm;
  userHandle: string;
  counter: number;
  rpId: string;
}

const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

function clientData(
  type: string,
  challenge: string,
  origin: string,
  { crossOrigin = false, topOrigin }: Behaviour,
): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, ...(topOrigin && { topOrigin }) }));
}

function authenticatorData(rpId: string, counter: number, how: Behaviour, attested?: Buffer): Buffer {
  const { userPresent = true, userVerified = true, backupEligible = false, backedUp = false } = how;
  const bits: [boolean, number][] = [
    [userPresent, UP],
    [userVerified, UV],
    [backupEligible, BE],
    [backedUp, BS],
    [attested !== undefined, AT],
  ];
  const flags = bits.reduce((sum, [on, bit]) => (on ? sum | bit : sum), 0);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested ?? Buffer.alloc(0)]);
}

function signed(privateKey: KeyObject, algorithm: Algorithm, data: Buffer): Buffer {
  return sign(algorithm === 'EdDSA' ? null : algorithm === 'ES384' ? 'sha384' : 'sha256', data, privateKey);
}

/** An authenticator and the browser in front of it, in software: resident keys, user verification, one counter per key. */
export class SoftwareAuthenticator {
  readonly credentials: HeldCredential[] = [];
  readonly origin: string;
  private readonly defaults: Behaviour;

  constructor(origin: string, defaults: Behaviour = {}) {
    this.origin = origin;
    this.defaults = defaults;
  }

  /** `navigator.credentials.create`, as its `toJSON()` would write it. Throws for a key that the options exclude. */
  create(options: CreationOptions, behaviour: Behaviour = {}) {
    const how = { ...this.defaults, ...behaviour };
    if (options.excludeCredentials?.some(({ id }) => this.credentials.some((held) => held.id === id)))
      throw new Error('InvalidStateError');
    const { algorithm = 'ES256', counter = 0 } = how;
    const { privateKey, cose } = keyPairOf(algorithm);
    const rpId = how.rpId ?? options.rp.id ?? '';
    const rawId = randomBytes(32);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId, cose]);
    const data = authenticatorData(rpId, counter, how, attested);
    const client = clientData(
      how.type ?? 'webauthn.create',
      how.challenge ?? options.challenge,
      how.origin ?? this.origin,
      how,
    );
    const { format = 'none', statement = new Map() } = how.attestation ?? {};
    const attestationObject = cbor(
      new Map<CborValue, CborValue>([
        ['fmt', format],
        ['attStmt', statement],
        ['authData', data],
      ]),
    );
    const id = encoded(rawId);
    this.credentials.push({ id, privateKey, algorithm, userHandle: options.user.id, counter, rpId });
    const response = {
      clientDataJSON: encoded(client),
      attestationObject: encoded(attestationObject),
      transports: how.transports ?? ['internal'],
    };
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }

  /** `navigator.credentials.get` with the newest key, as its `toJSON()` would write it. */
  get(options: RequestOptions, behaviour: Behaviour = {}, held = this.credentials.at(-1)) {
    if (!held) throw new Error('NotAllowedError');
    const how = { ...this.defaults, ...behaviour };
    held.counter = how.counter ?? held.counter + 1;
    const data = authenticatorData(how.rpId ?? options.rpId ?? '', held.counter, how);
    const client = clientData(
      how.type ?? 'webauthn.get',
      how.challenge ?? options.challenge,
      how.origin ?? this.origin,
      how,
    );
    const signature = signed(held.privateKey, held.algorithm, Buffer.concat([data, sha256(client)]));
    if (how.tamper) signature[signature.length - 1] = (signature[signature.length - 1] as number) ^ 1;
    const userHandle = how.userHandle === undefined ? held.userHandle : how.userHandle;
    const response = {
      clientDataJSON: encoded(client),
      authenticatorData: encoded(data),
      signature: encoded(signature),
      userHandle,
    };
    return { id: held.id, rawId: held.id, type: 'public-key', response, clientExtensionResults: {} };
  }
}
