import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { events } from './subgraph.ts';

runSubgraph(events);
