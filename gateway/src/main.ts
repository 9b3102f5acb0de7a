import { failToStart } from '@polity/kernel/process/run-subgraph';
import { runGateway } from './run-gateway.ts';

runGateway().catch((error: unknown) => failToStart('gateway', error));
