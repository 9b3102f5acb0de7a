import { runSubgraph } from '@polity/kernel/process/run-subgraph';
import { gamification } from './subgraph.ts';

runSubgraph(gamification);
