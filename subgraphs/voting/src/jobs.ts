import type { JobDefinition } from '@polity/kernel/jobs/job';
import { actingAs } from './context.ts';
import { COUNT_JOB, countPoll, PARTICIPATION_JOB } from './domain/count/counting.ts';
import { recordParticipation } from './domain/count/participation.ts';
import { closeWhenDue } from './domain/poll/poll.closing.ts';
import { openWhenDue } from './domain/poll/poll.opening.ts';
import { CLOSE_JOB, OPEN_JOB } from './domain/poll/poll.schedule.ts';

/** Each job is about one poll, and finds out again what is to be done: so it may come early, late or twice. */
const about = (
  name: string,
  act: (acting: ReturnType<typeof actingAs>, pollId: string, signal: AbortSignal) => Promise<unknown>,
): JobDefinition => ({
  name,
  async run({ key, tenantId, signal }, runtime) {
    if (!tenantId) throw new TypeError(`${name} is a job of a tenant`);
    return { result: await act(actingAs(runtime, tenantId), key, signal) };
  },
});

export const jobs: readonly JobDefinition[] = [
  about(OPEN_JOB, openWhenDue),
  about(CLOSE_JOB, async (acting, id) => {
    const result = await closeWhenDue(acting, id);
    if (result === 'closed') await countPoll(acting, id);
    return result;
  }),
  about(COUNT_JOB, countPoll),
  about(PARTICIPATION_JOB, recordParticipation),
];
