import type { Visibility } from '@polity/kernel/access/visibility';
import { change, line } from '@polity/kernel/domain/input';
import { z } from 'zod';
import { type PollVisibility, pollVisibilities } from './poll.entity.ts';

const title = line(200);
// The graph has one enum for all kinds of things; this one lies in no team.
const visibility = z.enum(pollVisibilities) as z.ZodType<PollVisibility, Visibility>;

export const newPoll = z.object({ title, visibility: change(visibility) });
export const pollChanges = z.object({ title: change(title), visibility: change(visibility) });
