import type { BaseContext } from '../graph/subgraph.ts';

/** How an event concerns somebody. */
export type ConcernKind = 'OWNER' | 'PARTICIPANT' | 'MENTIONED';

/** Somebody whom an event concerns. Whoever did it is not left out: notifications are. */
export interface Concern {
  userId: string;
  as: ConcernKind;
}

/** By type of the subgraph's own events, whom each concerns; an event that is not there concerns nobody. */
export type Concerns<Events, Context = BaseContext> = {
  [Type in keyof Events]?: (data: Events[Type], ctx: Context) => Concern[] | Promise<Concern[]>;
};

/** The same where the events do not matter. */
export type ConcernsOf<Context> = {
  [type: string]: ((data: never, ctx: Context) => Concern[] | Promise<Concern[]>) | undefined;
};
