/** `secure` is true wherever people reach the installation over https. */
export interface CookieOptions {
  secure: boolean;
}

/** `__Host-` binds the cookie to one host over https; plain http on localhost cannot have it (RFC 6265bis 4.1.3.2). */
export function cookieName({ secure }: CookieOptions): string {
  return secure ? '__Host-polity' : 'polity';
}

function serialize(options: CookieOptions, value: string, maxAgeSeconds: number): string {
  const secure = options.secure ? '; Secure' : '';
  return `${cookieName(options)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

/** `Set-Cookie` value of a session; `maxAgeSeconds` is its absolute life. */
export function sessionCookie(options: CookieOptions, value: string, maxAgeSeconds: number): string {
  return serialize(options, value, maxAgeSeconds);
}

/** `Set-Cookie` value that makes the browser forget the session. */
export function expiredCookie(options: CookieOptions): string {
  return serialize(options, '', 0);
}

/** The session cookie of a `Cookie` header; null when absent or not of our form. */
export function readCookie(options: CookieOptions, header: string | undefined): string | null {
  const name = `${cookieName(options)}=`;
  const part = header
    ?.split(';')
    .map((text) => text.trim())
    .find((text) => text.startsWith(name));
  const value = part?.slice(name.length) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}

/** Cookies but that of the session, which stays between the browser and the gateway (design section 6). */
export function otherCookies(header: string): string {
  const cookies = header.split(';').map((text) => text.trim());
  return cookies.filter((text) => !/^(__Host-)?polity=/.test(text)).join('; ');
}
