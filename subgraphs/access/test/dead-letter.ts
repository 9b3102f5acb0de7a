import { noteFailure } from '@polity/kernel/events/dead-letter';
import type { EventEnvelope } from '@polity/kernel/events/envelope';
import { uuidv7 } from '@polity/kernel/ids';
import type { World } from '@polity/kernel/testing/harness';

/** The consumer that gave the dead letter up. */
export const CONSUMER = 'access.mirror';

/**
 * Leaves a dead letter with access and returns the id of its event. Handled again it makes a scope that nobody asks for, as there is no such
 * tenant; with a `scopeId` that is no uuid it fails again.
 */
export async function deadLetter(world: World, scopeId?: string): Promise<string> {
  const tenantId = uuidv7();
  const envelope: EventEnvelope = {
    specversion: '1.0',
    id: uuidv7(),
    source: '/polity/identity',
    type: 'identity.mirror.changed',
    subject: tenantId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    tenantid: tenantId,
    actorid: null,
    requestid: null,
    data: {
      secret: 'what it carried',
      changes: [{ change: 'SCOPE', scope: { type: 'TENANT', id: scopeId ?? tenantId }, parentId: null }],
    },
  };
  await noteFailure(world.subgraph('access').runtime.em(null), CONSUMER, envelope, new Error('it was down'), 1);
  return envelope.id;
}
