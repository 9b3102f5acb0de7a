/** SQLSTATE classes that say "not now" rather than "wrong": connection, resources, operator intervention, system. */
const CLASSES = new Set(['08', '53', '57', '58']);
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What `pg` says without a code when its connection ends or does not come about. */
const LOST =
  /^(Connection terminated|Connection ended|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

/** Whether a PostgreSQL error of that SQLSTATE will go by itself. */
export const passes = (sqlState: string | undefined): boolean => CLASSES.has((sqlState ?? '').slice(0, 2));

const isError = (value: unknown): value is Error => typeof value === 'object' && value !== null && 'message' in value;

function lost(error: Error): boolean {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return LOST.test(error.message);
  return SOCKET.has(code) || (code.length === 5 && passes(code)) || LOST.test(error.message);
}

/** Whether the database did not answer, so that the same may succeed once it does; looks at the causes of the error, too. */
export function isDatabaseOutage(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < 5 && isError(current); depth++) {
    if (lost(current)) return true;
    current = current.cause;
  }
  return false;
}
