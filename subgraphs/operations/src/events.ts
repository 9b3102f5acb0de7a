import { count, type DataOf, id } from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const applicationId = id('The application; null for all other clients of the tenant.').nullable();
const manifest = z.strictObject({ applicationId, operations: count('How many operations are meant.') });

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const operationsEvents = {
  'operations.manifest.published': manifest.describe('Operations were published for clients.'),
  'operations.manifest.retired': manifest.describe('Published operations were taken back.'),
  'operations.operation.limited': z
    .strictObject({ applicationId })
    .describe('One published operation was limited, or is not any more.'),
  'operations.limits.set': z
    .strictObject({
      applicationId,
      level: z.enum(['OPEN', 'LOG', 'SAFELIST', 'IDS_ONLY']).describe('What its clients may send.'),
    })
    .describe('It was set what clients may send, and how much.'),
};

export const recordEvent = recorder<DataOf<typeof operationsEvents>>();
