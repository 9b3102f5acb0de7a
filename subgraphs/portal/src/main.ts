import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { portal } from './subgraph.ts';

runSubgraph(portal);
