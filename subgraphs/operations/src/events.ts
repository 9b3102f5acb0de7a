import { recorder } from '@polity/kernel/events/recorder';

interface ManifestEvent {
  /** Null for operations of all clients of the tenant. */
  applicationId: string | null;
  operations: number;
}

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
interface OperationsEvents {
  'operations.manifest.published': ManifestEvent;
  'operations.manifest.retired': ManifestEvent;
  'operations.limits.set': { applicationId: string | null; level: string };
}

export const recordEvent = recorder<OperationsEvents>();
