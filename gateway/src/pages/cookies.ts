/** Cookies of the pages, beside that of the session: which form was shown, the language that was chosen, the trust in this device, an invitation, where a mailed link leads on to, a visit to a provider. */
export type PageCookie = 'form' | 'language' | 'device' | 'invitation' | 'way' | 'upstream';

// As for the session: the prefix binds a cookie to one host over https, and plain http cannot have it.
const nameOf = (name: PageCookie, secure: boolean) => `${secure ? '__Host-' : ''}polity-${name}`;

/** Value of a cookie of ours in the header; null where it is missing, or nothing that we would have set. */
export function readPageCookie(header: string | undefined, name: PageCookie, secure: boolean): string | null {
  const start = `${nameOf(name, secure)}=`;
  const part = header?.split(';').find((text) => text.trim().startsWith(start));
  const value = part?.trim().slice(start.length) ?? '';
  return /^[A-Za-z0-9_.-]{1,400}$/.test(value) ? value : null;
}

/** `Set-Cookie` value; zero seconds make the browser forget it. */
export function pageCookie(name: PageCookie, value: string, seconds: number, secure: boolean): string {
  return `${nameOf(name, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
}
