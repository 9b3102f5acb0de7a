import type { OrmDefinition } from '@polity/kernel/db/orm';
import { AvatarImage } from './src/domain/avatar/avatar.entity.ts';
import { ProfileField } from './src/domain/field/field.entity.ts';
import { Follow } from './src/domain/follow/follow.entity.ts';
import { Profile } from './src/domain/profile/profile.entity.ts';
import { PersonName } from './src/domain/search/person-name.entity.ts';

export const orm: OrmDefinition = {
  name: 'profiles',
  entities: [Profile, ProfileField, Follow, AvatarImage, PersonName],
  migrations: new URL('./migrations', import.meta.url).href,
};
