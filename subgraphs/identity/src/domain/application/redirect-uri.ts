const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const MAX_LENGTH = 2000;
// Printable ASCII without what browsers read differently from servers.
const PLAIN = /^[!-~]+$/;

/** What is wrong with an address to which browsers are sent with codes; null for a good one (RFC 9700 section 2.1: compared exactly). */
export function redirectUriProblem(uri: string): string | null {
  const parsed = uri.length <= MAX_LENGTH && PLAIN.test(uri) ? URL.parse(uri) : null;
  if (!parsed) return 'must be a complete address';
  if (uri.includes('*')) return 'must not have wildcards';
  if (uri.includes('#')) return 'must not have a fragment';
  if (uri.includes('\\') || parsed.username || parsed.password) return 'must not have a user name or backslashes';
  const plainHttp = parsed.protocol === 'http:' && LOOPBACK.has(parsed.hostname);
  if (parsed.protocol !== 'https:' && !plainHttp) return 'must begin with https://, or with http:// on this machine';
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
