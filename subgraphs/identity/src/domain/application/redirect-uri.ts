const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const MAX_LENGTH = 2000;
// Printable ASCII without what browsers read differently from servers.
const PLAIN = /^[!-~]+$/;

// A name of its holder's own, turned around, so that no other program has it (RFC 8252 section 7.1).
const PRIVATE_USE = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:\/(?!\/)/;

/** Whether the address begins with a scheme that a program of the person's machine has registered for itself. */
export const isPrivateUse = (uri: string): boolean => PRIVATE_USE.test(uri);

/** What is wrong with an address to which browsers are sent with codes; null for a good one (RFC 9700 section 2.1: compared exactly). */
function redirectUriProblem(uri: string): string | null {
  if (!isPrivateUse(uri)) return webAddressProblem(uri);
  if (uri.length > MAX_LENGTH || !PLAIN.test(uri) || /[*#\\]/.test(uri)) return 'must be a complete address';
  return null;
}

/** What is wrong with an address on a server, or on the own machine; null for a good one. */
export function webAddressProblem(uri: string): string | null {
  const parsed = uri.length <= MAX_LENGTH && PLAIN.test(uri) ? URL.parse(uri) : null;
  if (!parsed) return 'must be a complete address';
  if (uri.includes('*')) return 'must not have wildcards';
  if (uri.includes('#')) return 'must not have a fragment';
  if (uri.includes('\\') || parsed.username || parsed.password) return 'must not have a user name or backslashes';
  const plainHttp = parsed.protocol === 'http:' && LOOPBACK.has(parsed.hostname);
  if (parsed.protocol !== 'https:' && !plainHttp)
    return 'must begin with https://, with http:// on this machine, or with a scheme such as com.example.app:/';
  if (parsed.href !== uri && parsed.href !== `${uri}/`) return `must be written in its normal form, ${parsed.href}`;
  return null;
}

/** The first problem of a list of such addresses; null for a good list. */
export function redirectUrisProblem(uris: readonly string[]): string | null {
  if (uris.length > 20) return 'must be 20 at most';
  if (new Set(uris).size !== uris.length) return 'must differ';
  for (const uri of uris) {
    const problem = redirectUriProblem(uri);
    if (problem) return problem;
  }
  return null;
}
