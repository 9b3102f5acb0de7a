import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { privacyOf } from '../profile/profile.privacy.ts';
import { type ProfileView, sees } from '../profile/profile.view.ts';
import { type AvatarFormat, avatarSizes } from './avatar.entity.ts';
import { initialsSvg } from './initials.ts';

/** For how long the address of a picture holds that is not for everybody, in seconds. */
const SECONDS = 3_600;
const MAX_SIZE = 1_024;

interface Asked {
  size?: number | null;
  format?: AvatarFormat | null;
}

/**
 * Address of somebody's picture, of the smallest size that is large enough; their initials where there is none, or none for this reader. Throws
 * InvalidInput for a size that is none.
 */
export async function avatarUrl(ctx: Context, view: ProfileView, { size, format }: Asked): Promise<string> {
  const wanted = size ?? 128;
  if (wanted < 1 || wanted > MAX_SIZE) throw new InvalidInput({ size: `must be 1 to ${MAX_SIZE}` });
  const stored = avatarSizes.find((each) => each >= wanted) ?? avatarSizes.at(-1);
  const images = sees(view, 'avatar') ? await ctx.loaders.avatarsOf.load(view.userId) : [];
  const image = images.find((each) => each.size === stored && each.format === (format ?? 'WEBP'));
  const isOpen = privacyOf(view.parts.privacy).avatar === 'EVERYONE';
  const address = ctx.files.address(image?.imageFile ?? null, isOpen ? undefined : SECONDS);
  return address ?? initialsSvg(view.userId, (await ctx.loaders.nameOf.load(view.userId))?.displayName ?? '', wanted);
}
