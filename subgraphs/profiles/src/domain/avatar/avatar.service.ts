import type { EntityManager } from '@mikro-orm/postgresql';
import { type KeptFile, keepUpload } from '@polity/kernel/files/request-files';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../person.ts';
import { change, mustEdit } from '../profile/profile.change.ts';
import { encode, type Picture } from './avatar.encode.ts';
import { AvatarImage } from './avatar.entity.ts';

type Made = Picture & { file: KeptFile };

async function remove(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(AvatarImage, { userId });
}

async function keep(tx: EntityManager, ctx: Context, userId: string, pictures: readonly Made[]): Promise<void> {
  await remove(tx, userId);
  for (const { size, format, file } of pictures) {
    await keepUpload(tx, file, ctx.clock.now());
    tx.create(AvatarImage, { id: uuidv7(), tenantId: ctx.tenantId, userId, size, format, imageFile: file.name });
  }
}

/**
 * Makes a picture that the viewer has uploaded theirs. What is shown was made anew of its pixels; nothing refers to the upload itself, which is swept. Throws
 * Forbidden, InvalidUpload, InvalidInput for what is no picture or too large a one, Overloaded.
 */
export async function set(ctx: Context, token: string): Promise<PersonRef> {
  await mustEdit(ctx);
  const upload = await ctx.files.claim(token, 'IMAGE');
  const pictures: Made[] = [];
  for (const picture of await encode(await upload.read())) {
    const file = await ctx.files.make('IMAGE', picture.format.toLowerCase(), picture.content);
    pictures.push({ ...picture, file });
  }
  return change(ctx, async ({ userId }, tx) => {
    // Whoever takes it takes it once; nothing refers to it, so it is swept.
    await keepUpload(tx, upload, ctx.clock.now());
    await keep(tx, ctx, userId, pictures);
  });
}

/** Takes the viewer's picture away; where there is none nothing changes. Throws Forbidden. */
export async function removeOwn(ctx: Context): Promise<PersonRef> {
  return change(ctx, async ({ userId }, tx) => remove(tx, userId));
}
