import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A 256-bit key and the short name under which envelopes refer to it. */
export interface EnvelopeKey {
  /** Letters, digits, dashes and underscores. */
  id: string;
  key: Buffer;
}

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Thrown for an envelope that was changed, moved to another row, or sealed with a key that is not there. */
export class EnvelopeError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EnvelopeError';
  }
}

const base64url = (bytes: Buffer) => bytes.toString('base64url');

/**
 * Encrypts a secret for the database with AES-256-GCM, as `v1.<keyId>.<nonce>.<ciphertext>.<tag>`. `aad` names the place where the
 * envelope is kept (table, column, row, tenant), so that it opens nowhere else.
 */
export function seal({ id, key }: EnvelopeKey, plaintext: string, aad: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(aad));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return [VERSION, id, base64url(nonce), base64url(ciphertext), base64url(cipher.getAuthTag())].join('.');
}

/** Name of the key that an envelope was sealed with; tells which rows a rotation has still to write anew. */
export function keyIdOf(envelope: string): string {
  return envelope.split('.')[1] ?? '';
}

/** Decrypts what `seal` made, with whichever of the keys it names. Throws EnvelopeError for anything else. */
export function open(keys: readonly EnvelopeKey[], envelope: string, aad: string): string {
  const [version, id, nonce, ciphertext, tag, ...rest] = envelope.split('.');
  if (version !== VERSION || !nonce || ciphertext === undefined || !tag || rest.length > 0) {
    throw new EnvelopeError('This is no envelope.');
  }
  const found = keys.find((key) => key.id === id);
  if (!found) throw new EnvelopeError('The key of this envelope is not there.');
  try {
    const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(nonce, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(aad)).setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new EnvelopeError('The envelope was changed, or belongs somewhere else.', cause);
  }
}
