import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { operations } from './subgraph.ts';

runSubgraph(operations);
