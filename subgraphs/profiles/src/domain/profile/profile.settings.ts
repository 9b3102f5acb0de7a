import { readRows } from '@polity/kernel/db/rows';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { type Audience, Profile } from './profile.entity.ts';
import { privacyOf } from './profile.privacy.ts';

/** What a person chose that other parts of Polity go by. */
export interface PersonSettings {
  userId: string;
  locale: string | null;
  timeZone: string | null;
  /** Who may read what they did. */
  activity: Audience;
}

const MAX_IDS = 1_000;

/** Those of these people who chose something. Throws InvalidInput beyond 1,000. */
export async function settingsOf({ em }: Context, userIds: readonly string[]): Promise<PersonSettings[]> {
  if (userIds.length > MAX_IDS) throw new InvalidInput({ userIds: `must be at most ${MAX_IDS}` });
  const rows = await readRows(em, Profile, { where: [{ userId: userIds }] });
  return rows.map(({ userId, locale = null, timeZone = null, privacy }) => ({
    ...{ userId, locale, timeZone },
    activity: privacyOf(privacy).activity,
  }));
}
