import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { access } from './subgraph.ts';

runSubgraph(access);
