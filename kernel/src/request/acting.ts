import type { Viewer } from './context.ts';

// Stands among the methods of a session and so travels with every request of it (RFC 8693 section 4.1, "act").
const ACT = 'act:';

/** The method of a session in which that person acts as somebody else. */
export const actingMethod = (actorId: string): `act:${string}` => `${ACT}${actorId}`;

/** Id of the person who acts as the viewer; null for a viewer who acts for themselves. */
export function actorOf({ amr }: { amr: Viewer['amr'] }): string | null {
  return amr.find((method) => method.startsWith(ACT))?.slice(ACT.length) ?? null;
}
