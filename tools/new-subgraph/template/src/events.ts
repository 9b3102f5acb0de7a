import { recorder } from '@polity/kernel/events/recorder';

interface SampleEvent {
  sampleId: string;
  visibility: string;
}

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
interface SpecimensEvents {
  'specimens.sample.created': SampleEvent;
  'specimens.sample.updated': SampleEvent;
  'specimens.sample.deleted': SampleEvent;
}

export const recordEvent = recorder<SpecimensEvents>();
