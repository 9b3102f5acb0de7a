import type { Visibility } from '@polity/kernel/access/visibility';
import { change, line } from '@polity/kernel/domain/input';
import { z } from 'zod';
import { type SampleVisibility, sampleVisibilities } from './sample.entity.ts';

const title = line(200);
// The graph has one enum for all kinds of things; this one lies in no team.
const visibility = z.enum(sampleVisibilities) as z.ZodType<SampleVisibility, Visibility>;

export const newSample = z.object({ title, visibility: change(visibility) });
export const sampleChanges = z.object({ title: change(title), visibility: change(visibility) });
