const REDACTED = '[redacted]';
const MAX_DEPTH = 4;
const MAX_CAUSES = 5;

const SECRET_KEYS = new Set([
  ...['password', 'newpassword', 'currentpassword', 'oldpassword', 'passwordhash'],
  ...['token', 'accesstoken', 'refreshtoken', 'idtoken', 'resettoken', 'sessiontoken', 'csrftoken', 'apikey'],
  ...['secret', 'clientsecret', 'mastersecret', 'privatekey', 'signature', 'signatureinput', 'xpolitycontext'],
  ...['authorization', 'proxyauthorization', 'cookie', 'setcookie', 'dpop'],
  ...['code', 'totp', 'otp', 'recoverycode', 'recoverycodes', 'otpauthuri', 'pin', 'passkey'],
]);

/** Names of fields are few, and the same in every line; those beyond so many are looked at each time. */
const MAX_KNOWN = 1_000;
const known = new Map<string, boolean>();

function isSecret(key: string): boolean {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = SECRET_KEYS.has(key.replaceAll(/[-_]/g, '').toLowerCase());
  if (known.size < MAX_KNOWN) known.set(key, found);
  return found;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function redactValue(value: unknown, depth: number): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth - 1));
  return isPlain(value) ? redact(value, depth) : value;
}

/**
 * A copy of the fields in which the value of every secret key (any case, with or without `-` and `_`) is hidden, four levels deep.
 * Keys are looked up rather than matched against pino's redaction paths, whose wildcards cost half of the logging speed.
 */
export function redact(fields: Record<string, unknown>, depth = MAX_DEPTH): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    shown[key] = isSecret(key) && value != null ? REDACTED : redactValue(value, depth - 1);
  }
  return shown;
}

// PostgreSQL puts whole rows into `detail` ("Failing row contains ..."), and MikroORM appends that to the message.
const withoutRow = (text: string) => text.replaceAll(/\n - detail: .*(?:\n(?! {4}at | - hint).*)*/g, '');

/** What a log line holds of an error and its causes: type, message, code and stack, and none of the properties that drivers add. */
export function describeError(error: unknown, causesLeft = MAX_CAUSES): unknown {
  if (!(error instanceof Error)) return isPlain(error) ? redact(error) : error;
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutRow(error.message),
    ...(typeof code === 'string' && { code }),
    stack: withoutRow(error.stack ?? ''),
    ...(error.cause !== undefined && causesLeft > 0 && { cause: describeError(error.cause, causesLeft - 1) }),
  };
}
