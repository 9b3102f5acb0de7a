import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Ballot } from './src/domain/ballot/ballot.entity.ts';
import { BoxBallot } from './src/domain/ballot/box.entity.ts';
import { PollKey } from './src/domain/ballot/poll-key.entity.ts';
import { PollCount } from './src/domain/count/count.entity.ts';
import { Delegation } from './src/domain/delegation/delegation.entity.ts';
import { CoveredUnit, Elector } from './src/domain/elector/elector.entity.ts';
import { Nomination, NominationSecond } from './src/domain/nomination/nomination.entity.ts';
import { PollOption } from './src/domain/option/option.entity.ts';
import { Poll } from './src/domain/poll/poll.entity.ts';

export const orm: OrmDefinition = {
  name: 'voting',
  entities: [
    Poll,
    PollOption,
    Elector,
    CoveredUnit,
    Ballot,
    BoxBallot,
    PollKey,
    PollCount,
    Nomination,
    NominationSecond,
    Delegation,
  ],
  migrations: new URL('./migrations', import.meta.url).href,
};
