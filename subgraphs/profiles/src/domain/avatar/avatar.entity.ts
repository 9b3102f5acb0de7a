import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

/** Sides of the squares in which a picture is kept, in pixels. */
export const avatarSizes = [64, 128, 256, 512] as const;
const avatarFormats = ['WEBP', 'AVIF'] as const;
export type AvatarFormat = (typeof avatarFormats)[number];

const schema = defineEntity({
  name: 'AvatarImage',
  tableName: 'avatar_image',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    size: p.integer(),
    format: p.enum(avatarFormats),
    imageFile: p.text().nullable().index(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'avatar_image_unique', properties: ['tenantId', 'userId', 'size', 'format'] }],
});

/** A person's picture in one size and format. */
export class AvatarImage extends schema.class {}
schema.setClass(AvatarImage);
