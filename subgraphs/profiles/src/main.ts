import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { profiles } from './subgraph.ts';

runSubgraph(profiles);
