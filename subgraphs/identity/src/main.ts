import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { identity } from './subgraph.ts';

runSubgraph(identity);
