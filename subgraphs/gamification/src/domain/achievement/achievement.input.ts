import { visibilities } from '@polity/kernel/access/visibility';
import { change, name, slug, text } from '@polity/kernel/domain/input';
import { z } from 'zod';
import { periods } from '../../criteria/types.ts';
import { kinds } from './achievement.entity.ts';

const RULE = { points: 'must be 0 to 100,000', days: 'must be 1 to 36,500' };
const title = name(100);
const description = text(2_000);
const points = z.int(RULE.points).min(0, RULE.points).max(100_000, RULE.points);
const validForDays = z.int(RULE.days).min(1, RULE.days).max(36_500, RULE.days).nullish();
const visibility = change(z.enum(visibilities)).refine(
  (chosen) => chosen !== 'PRIVATE',
  'is not PRIVATE: choose `hidden`',
);
const image = z.string().nullish();

export const newAchievement = z.object({
  key: slug,
  name: title,
  description: change(description),
  kind: z.enum(kinds),
  points: change(points),
  period: change(z.enum(periods)),
  validForDays,
  hidden: change(z.boolean()),
  visibility,
  image,
});

export const achievementChanges = z.object({
  name: change(title),
  description: change(description),
  points: change(points),
  validForDays,
  hidden: change(z.boolean()),
  visibility,
  image,
});
