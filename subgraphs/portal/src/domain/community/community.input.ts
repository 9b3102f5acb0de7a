import { change, description, name, slug } from '@polity/kernel/domain/input';
import { z } from 'zod';
import { communityVisibilities, joinPolicies } from './community.entity.ts';

const visibility = z.string().pipe(z.enum(communityVisibilities, 'must be PUBLIC, COMMUNITY or PRIVATE'));
const joinPolicy = z.enum(joinPolicies);

export const newCommunity = z.object({
  slug,
  name: name(100),
  description,
  joinPolicy: joinPolicy.nullish().transform((value) => value ?? 'OPEN'),
  visibility: visibility.nullish().transform((value) => value ?? 'PUBLIC'),
});

export const communityChanges = z.object({
  slug: change(slug),
  name: change(name(100)),
  description,
  joinPolicy: change(joinPolicy),
  visibility: change(visibility),
});
