import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { activity } from './subgraph.ts';

runSubgraph(activity);
