import { isSuspended } from '@polity/kernel/access/set';
import { holdsBindingAt } from '@polity/kernel/access/visibility';
import type { Context } from '../../context.ts';
import type { ProfileFieldRow } from '../field/field.entity.ts';
import { fits } from '../field/field.value.ts';
import { type Audience, blank, type GuardedPart, type ProfileRow } from './profile.entity.ts';
import { isAmong, privacyOf, type Reader, readerOf } from './profile.privacy.ts';

type Parts = Pick<ProfileRow, keyof typeof blank>;

/** A profile as somebody reads it. */
export interface ProfileView {
  userId: string;
  parts: Parts;
  reader: Reader;
}

/** What a person filled in of a field. */
export interface FieldValue {
  field: ProfileFieldRow;
  value: string;
}

/** What somebody is up to. */
export interface Status {
  text: string;
  until: Date | null;
}

/** What the viewer is to a person; null to whom they have blocked, who is as missing to them. */
export async function readerFor(ctx: Context, userId: string): Promise<Reader | null> {
  const { viewer, tenantId } = ctx;
  if (viewer.kind !== 'user') return viewer.kind === 'service' ? 'SELF' : 'STRANGER';
  if (viewer.id === userId) return 'SELF';
  const { set, nowMs } = await ctx.access.authorizer();
  if (set.blocks.blockers.includes(userId)) return null;
  if (isSuspended(set, nowMs) || !holdsBindingAt(set, tenantId, nowMs)) return 'STRANGER';
  return (await ctx.loaders.viewerFollow.load(userId))?.status === 'ACTIVE' ? 'FOLLOWER' : 'MEMBER';
}

/** Somebody's profile as the viewer reads it, blank where they have said nothing; null for who has blocked the viewer. */
export async function viewOf(ctx: Context, userId: string): Promise<ProfileView | null> {
  const [parts, reader] = await Promise.all([ctx.loaders.profileOf.load(userId), readerFor(ctx, userId)]);
  return reader && { userId, parts: parts ?? blank, reader };
}

/** The viewer's own profile as those read it who are of this audience and of none narrower. */
export async function preview(ctx: Context, audience: Audience): Promise<ProfileView> {
  const userId = ctx.viewer.id as string;
  return { userId, parts: (await ctx.loaders.profileOf.load(userId)) ?? blank, reader: readerOf(audience) };
}

/** Whether the reader may read a part. */
export const sees = ({ parts, reader }: ProfileView, part: GuardedPart): boolean =>
  isAmong(reader, privacyOf(parts.privacy)[part]);

/** The value for who may read the part, else what stands for nothing. */
export const shown = <Value, Nothing>(view: ProfileView, part: GuardedPart, value: Value, nothing: Nothing) =>
  sees(view, part) ? value : nothing;

/** What is for the person alone. */
export const ownly = <Value>({ reader }: ProfileView, value: Value): Value | null => (reader === 'SELF' ? value : null);

export function statusOf(view: ProfileView, nowMs: number): Status | null {
  const { statusText: text, statusUntil } = view.parts;
  const until = statusUntil ?? null;
  if (!text || (until && until.getTime() <= nowMs)) return null;
  return shown(view, 'bio', { text, until }, null);
}

/** What was filled in of the fields that the reader may read, and that still fits them. */
export async function fieldValuesOf(ctx: Context, { parts, reader }: ProfileView): Promise<FieldValue[]> {
  const fields = await ctx.loaders.fieldsOfTenant.load(ctx.tenantId);
  const manages = (await ctx.access.authorizer()).quiet.mayAtTenant('profiles.field.manage');
  return fields.flatMap((field) => {
    const value = parts.fieldValues[field.id];
    const reads = isAmong(reader, field.audience) || (manages && reader !== 'STRANGER');
    return value !== undefined && reads && fits(field, value) ? [{ field, value }] : [];
  });
}

const COUNTED = {
  BIO: ({ bio }: Parts) => bio,
  PRONOUNS: ({ pronouns }: Parts) => pronouns,
  LOCATION: ({ location }: Parts) => location,
  LINKS: ({ links }: Parts) => links.length,
  INTERESTS: ({ interests }: Parts) => interests.length,
  LOCALE: ({ locale }: Parts) => locale,
  TIME_ZONE: ({ timeZone }: Parts) => timeZone,
} as const;
type Part = keyof typeof COUNTED;

/** How much of a profile is filled in, in percent, and what is not. */
export function completenessOf({ parts }: ProfileView): { percent: number; missing: Part[] } {
  const counted = Object.keys(COUNTED) as Part[];
  const missing = counted.filter((part) => !COUNTED[part](parts));
  return { percent: Math.round((100 * (counted.length - missing.length)) / counted.length), missing };
}
