/** The 16 bytes of an account's id: what authenticators keep as user handle. It names nobody (WebAuthn L3 14.6.1). */
export function userHandleOf(userId: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}

/** Whether a base64url user handle is that of the account. */
export function isHandleOf(userId: string, handle: string): boolean {
  return Buffer.from(userHandleOf(userId)).toString('base64url') === handle;
}
