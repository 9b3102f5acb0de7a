import { runSubgraph } from '@polity/kernel/graph/run-subgraph';
import { access } from './subgraph.ts';

await runSubgraph(access);
