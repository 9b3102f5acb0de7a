import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export const audiences = ['EVERYONE', 'MEMBERS', 'FOLLOWERS', 'NOBODY'] as const;

/** Who may read a part of a profile. Each holds those of the next. */
export type Audience = (typeof audiences)[number];

/** Parts of which a person chooses the readers. */
export const guardedParts = [
  'bio',
  'pronouns',
  'location',
  'links',
  'interests',
  'avatar',
  'follows',
  'activity',
] as const;
export type GuardedPart = (typeof guardedParts)[number];
export type Privacy = Record<GuardedPart, Audience>;

/** A page of somebody's. */
export interface Link {
  label: string | null;
  url: string;
}

const schema = defineEntity({
  name: 'Profile',
  tableName: 'profile',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    bio: p.text().nullable(),
    pronouns: p.text().nullable(),
    location: p.text().nullable(),
    links: p.json().$type<Link[]>(),
    interests: p.json().$type<string[]>(),
    locale: p.text().nullable(),
    timeZone: p.text().nullable(),
    statusText: p.text().nullable(),
    statusUntil: p.datetime().nullable(),
    /** What was filled in of the tenant's fields, by their ids. */
    fieldValues: p.json().$type<Record<string, string>>(),
    /** What was chosen of who reads what. */
    privacy: p.json().$type<Partial<Privacy>>(),
    approvesFollowers: p.boolean(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'profile_unique', properties: ['tenantId', 'userId'] }],
});

/** What a person says about themselves in one tenant. There is none before they say something. */
export class Profile extends schema.class {
  /** Several parts at once; those that are absent stay. */
  edit(parts: Partial<Profile>): void {
    Object.assign(this, parts);
  }

  /** Fills in fields of the tenant's; null takes a value away. */
  fill(values: Readonly<Record<string, string | null>>): void {
    const filled = Object.entries({ ...this.fieldValues, ...values });
    this.fieldValues = Object.fromEntries(filled.filter((each): each is [string, string] => each[1] !== null));
  }
}
schema.setClass(Profile);

export type ProfileRow = Row<Profile>;

/** What there is of somebody who has said nothing. */
export const blank = {
  bio: null,
  pronouns: null,
  location: null,
  links: [],
  interests: [],
  locale: null,
  timeZone: null,
  statusText: null,
  statusUntil: null,
  fieldValues: {},
  privacy: {},
  approvesFollowers: false,
} satisfies Partial<ProfileRow>;
