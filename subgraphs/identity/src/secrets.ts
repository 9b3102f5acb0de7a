import { deriveKey } from '@polity/kernel/config/secrets';
import { keyIdOf, open, seal } from '@polity/kernel/crypto/envelope';

/** Encrypts what must be read again. `place` names table, column and row, so that an envelope opens nowhere else. */
export interface SecretBox {
  seal(text: string, place: string): string;
  /** Throws EnvelopeError for what was changed, moved or sealed with a key that is gone. */
  open(envelope: string, place: string): string;
  /** False for an envelope that a rotation has still to write anew. */
  isCurrent(envelope: string): boolean;
}

/** The first key seals, all of them open; each is derived from the master secret by its name. */
export function secretBox(masterSecret: string, keyIds: readonly string[]): SecretBox {
  const keys = keyIds.map((id) => ({ id, key: deriveKey(masterSecret, `identity/secrets/${id}`) }));
  const [current] = keys;
  if (!current) throw new Error('A secret box needs a key.');
  return {
    seal: (text, place) => seal(current, text, place),
    open: (envelope, place) => open(keys, envelope, place),
    isCurrent: (envelope) => keyIdOf(envelope) === current.id,
  };
}
