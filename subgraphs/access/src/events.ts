import { type DataOf, id, scopeFields } from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const scope = z.strictObject(scopeFields);

/** What access tells others, by type. */
export const accessEvents = {
  'access.membership.revoked': scope
    .extend({
      membershipId: id('The membership.'),
      userId: id('Who lost the roles.'),
      roleKeys: z.array(z.string()).describe('Keys of the roles at the scope itself that were taken.'),
    })
    .describe(
      'The roles of a membership were taken, which comes before its end. Should it stand after all, because its owner was cut off in between, its owner gives them again.',
    ),
  'access.scope.restricted': scope.describe(
    'Less may be done with a scope than before, which comes before its owner has committed it. Should it stand as it was after all, its owner says so again.',
  ),
  'access.scope.removed': scope.describe(
    'A scope is gone for good, which comes before the end of what it stood for; each that lay below is told of before it.',
  ),
};

export type AccessEvents = DataOf<typeof accessEvents>;

export const recordEvent = recorder<AccessEvents>();
