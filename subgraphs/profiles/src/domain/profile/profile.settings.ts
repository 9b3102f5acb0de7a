import { readRows } from '@polity/kernel/db/rows';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { Profile } from './profile.entity.ts';

/** What a person chose that other parts of Polity go by. */
export interface PersonSettings {
  userId: string;
  locale: string | null;
  timeZone: string | null;
}

const MAX_IDS = 1_000;

/** Those of these people who chose something. Throws InvalidInput beyond 1,000. */
export async function settingsOf({ em }: Context, userIds: readonly string[]): Promise<PersonSettings[]> {
  if (userIds.length > MAX_IDS) throw new InvalidInput({ userIds: `must be at most ${MAX_IDS}` });
  const rows = await readRows(em, Profile, { where: [{ userId: userIds }] });
  return rows.map(({ userId, locale = null, timeZone = null }) => ({ userId, locale, timeZone }));
}
