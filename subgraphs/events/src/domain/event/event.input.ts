import type { Visibility } from '@polity/kernel/access/visibility';
import { change, line } from '@polity/kernel/domain/input';
import { z } from 'zod';
import { type EventVisibility, eventVisibilities } from './event.entity.ts';

const title = line(200);
// The graph has one enum for all kinds of things; this one lies in no team.
const visibility = z.enum(eventVisibilities) as z.ZodType<EventVisibility, Visibility>;

export const newEvent = z.object({ title, visibility: change(visibility) });
export const eventChanges = z.object({ title: change(title), visibility: change(visibility) });
