// Entry of the thread that counts large polls: an election in, its count out.
import { parentPort } from 'node:worker_threads';
import { answerJobs } from '@polity/kernel/text/worker-thread';
import { count } from '../../counting/count.ts';

if (parentPort) answerJobs(parentPort, count);
