import { never } from '@polity/kernel/db/sql';
import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy, rowsBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { AvatarImage } from './avatar/avatar.entity.ts';
import { ProfileField } from './field/field.entity.ts';
import { inOrder } from './field/field.service.ts';
import { Follow } from './follow/follow.entity.ts';
import { followCounts } from './follow/follow.lists.ts';
import { Profile } from './profile/profile.entity.ts';
import { PersonName } from './search/person-name.entity.ts';

/** Batch reads of one request: each costs one statement, however many ask. */
export function makeLoaders(ctx: BaseContext) {
  const { em, viewer } = ctx;
  const ofViewer = viewer.kind === 'user' ? { followerId: viewer.id } : never;
  return {
    profileOf: rowBy(em, Profile, 'userId'),
    fieldById: rowBy(em, ProfileField, 'id'),
    fieldsOfTenant: rowsBy(em, ProfileField, 'tenantId', () => ({ order: inOrder })),
    viewerFollow: rowBy(em, Follow, 'followedId', () => ({ where: [ofViewer] })),
    avatarsOf: rowsBy(em, AvatarImage, 'userId'),
    nameOf: rowBy(em, PersonName, 'userId'),
    followCounts: followCounts(ctx),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
