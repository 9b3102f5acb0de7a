import { visibilities } from '@polity/kernel/access/visibility';
import { change, line } from '@polity/kernel/domain/input';
import { z } from 'zod';

const title = line(200);
const visibility = change(z.enum(visibilities));

export const newSample = z.object({ title, visibility });
export const sampleChanges = z.object({ title: change(title), visibility });
