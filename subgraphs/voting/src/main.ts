import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { voting } from './subgraph.ts';

runSubgraph(voting);
