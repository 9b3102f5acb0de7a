import { type Audience, audiences, type Privacy } from './profile.entity.ts';

const unlessChosen: Privacy = {
  bio: 'MEMBERS',
  pronouns: 'EVERYONE',
  location: 'MEMBERS',
  links: 'MEMBERS',
  interests: 'MEMBERS',
  avatar: 'EVERYONE',
  follows: 'MEMBERS',
  activity: 'EVERYONE',
};

/** Who reads what, with what was not chosen. */
export const privacyOf = (chosen: Partial<Privacy> | undefined): Privacy => ({ ...unlessChosen, ...chosen });

/** What the reader is to the person, from nobody in particular to themselves. */
export type Reader = 'STRANGER' | 'MEMBER' | 'FOLLOWER' | 'SELF';

const READS: Record<Reader, readonly Audience[]> = {
  STRANGER: audiences.slice(0, 1),
  MEMBER: audiences.slice(0, 2),
  FOLLOWER: audiences.slice(0, 3),
  SELF: audiences,
};

/** Whether a reader is among the audience: the one rule of every part of a profile. */
export const isAmong = (reader: Reader, audience: Audience): boolean => READS[reader].includes(audience);

/** The reader who reads what is for this audience, and no more. */
export const readerOf = (audience: Audience): Reader =>
  (({ EVERYONE: 'STRANGER', MEMBERS: 'MEMBER', FOLLOWERS: 'FOLLOWER', NOBODY: 'SELF' }) as const)[audience];
