import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { PasskeyInvalid } from './passkey.errors.ts';

const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

// Without U+0000 and whatever else a database refuses; a credential id has at most 1023 bytes (WebAuthn L3 4).
const base64url = (longest: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(longest);
const credential = { id: base64url(1364), rawId: base64url(1364), type: z.literal('public-key') };

const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8_192),
    attestationObject: base64url(65_536),
    transports: z.array(z.string()).max(20).optional(),
  }),
});

const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8_192),
    authenticatorData: base64url(8_192),
    signature: base64url(8_192),
    userHandle: base64url(88).nullish(),
  }),
});

const clientData = z.object({
  challenge: base64url(256),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
});

export type RegistrationAnswer = z.infer<typeof registration>;
export type AssertionAnswer = z.infer<typeof assertion>;

/** Answer of the browser together with what it says about itself. */
export interface Answer<Response> {
  answer: Response;
  /** The challenge that it says it signed. */
  challenge: string;
  /** Whether it came from inside another origin's page. Refused: nobody frames us, and simplewebauthn lets `crossOrigin` alone pass. */
  framed: boolean;
}

/** Runs `read`; whatever goes wrong in there is the sender's fault. Throws PasskeyInvalid. */
function orInvalid<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new PasskeyInvalid(error);
  }
}

function circumstances(clientDataJSON: string): Pick<Answer<never>, 'challenge' | 'framed'> {
  const { challenge, crossOrigin, topOrigin } = clientData.parse(decodeClientDataJSON(clientDataJSON));
  return { challenge, framed: crossOrigin === true || topOrigin !== undefined };
}

/**
 * We ask for no attestation, so browsers send `none` or an authenticator's own signature. Anything else would only make the library
 * parse, and for some formats fetch, what a stranger's certificate names.
 */
function assertOwnAttestation(attestationObject: string): void {
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const format = attestation.get('fmt');
  if (format === 'none') return;
  if (format !== 'packed' || attestation.get('attStmt').get('x5c'))
    throw new Error('an attestation came that was not asked for');
}

/** Reads `PublicKeyCredential.toJSON()` of `navigator.credentials.create`. Throws PasskeyInvalid. */
export function readRegistration(json: unknown): Answer<RegistrationAnswer> {
  return orInvalid(() => {
    const answer = registration.parse(json);
    assertOwnAttestation(answer.response.attestationObject);
    return { answer, ...circumstances(answer.response.clientDataJSON) };
  });
}

/** Reads `PublicKeyCredential.toJSON()` of `navigator.credentials.get`. Throws PasskeyInvalid. */
export function readAssertion(json: unknown): Answer<AssertionAnswer> {
  return orInvalid(() => {
    const answer = assertion.parse(json);
    return { answer, ...circumstances(answer.response.clientDataJSON) };
  });
}

/** Ways to reach the authenticator that browsers know; they come back to the browser with the next ceremony. */
export function knownTransports({ response }: RegistrationAnswer): string[] {
  return [...new Set(response.transports ?? [])].filter((transport) => TRANSPORTS.has(transport));
}
