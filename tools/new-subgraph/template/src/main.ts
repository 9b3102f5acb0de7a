import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { specimens } from './subgraph.ts';

runSubgraph(specimens);
