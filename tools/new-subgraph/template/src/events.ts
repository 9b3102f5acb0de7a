import {
  contentHidden,
  contentRestored,
  type DataOf,
  id,
  placeFields,
  visibility,
} from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const sample = z.strictObject({ sampleId: id('The sample.'), ...placeFields, visibility });

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const specimensEvents = {
  'specimens.sample.created': sample.describe('A sample was made.'),
  'specimens.sample.updated': sample.describe('A sample was changed.'),
  'specimens.sample.deleted': sample.describe('A sample was deleted.'),
  'specimens.content.hidden': contentHidden,
  'specimens.content.restored': contentRestored,
};

export const recordEvent = recorder<DataOf<typeof specimensEvents>>();
