import type { Context } from '../../context.ts';
import type { Count } from '../../counting/types.ts';
import type { PollOptionRow } from '../option/option.entity.ts';
import type { PollOutcome, PollRow } from '../poll/poll.entity.ts';
import { countedBallots, electionOf, type Published, weightOfVotes } from './election.ts';
import { outcomeOf } from './outcome.ts';
import { counted } from './thread.ts';

/** A count with what it is shown with. */
export interface Results {
  count: Count;
  outcome: PollOutcome;
  seed: string | null;
  options: ReadonlyMap<string, PollOptionRow>;
}

/** While a poll is open its results are this old at most, in milliseconds: a hot poll is not counted for each who looks. */
const FRESH_MS = 2_000;
/** Ballots up to which an open poll is counted for who looks. */
const LIVE_BALLOTS = 20_000;
const KEPT = 100;

interface Live {
  until: number;
  count: Promise<{ count: Count; outcome: PollOutcome } | null>;
}

const live = new Map<string, Live>();

async function countNow(ctx: Context, poll: PollRow, options: readonly PollOptionRow[]) {
  const turnout = await ctx.loaders.castOf.load(poll.id);
  if ((turnout?.cast ?? 0) > LIVE_BALLOTS) return null;
  const ballots: Published[] = await countedBallots(ctx.em, poll);
  const count = await counted(electionOf(poll, options, ballots, null));
  const [took, eligible] = [turnout?.cast ?? 0, poll.eligibleCount ?? 0];
  const cast = ballots.reduce((sum, { weight }) => sum + weight, 0);
  const none = options.find(({ noneOfTheAbove }) => noneOfTheAbove)?.id ?? null;
  return { count, outcome: outcomeOf({ poll, count, eligible, took, cast, votes: weightOfVotes(ballots), none }) };
}

function liveCount(ctx: Context, poll: PollRow, options: readonly PollOptionRow[]): Live['count'] {
  const known = live.get(poll.id);
  if (known && known.until > performance.now()) return known.count;
  if (live.size >= KEPT) live.delete(live.keys().next().value as string);
  const made = { until: performance.now() + FRESH_MS, count: countNow(ctx, poll, options) };
  made.count.catch(() => live.delete(poll.id));
  live.set(poll.id, made);
  return made.count;
}

/** Whether the viewer may see how an open poll stands. */
async function seesLive(ctx: Context, { id, anonymous, resultsVisibility }: PollRow): Promise<boolean> {
  if (resultsVisibility === 'ALWAYS') return true;
  if (resultsVisibility === 'AFTER_CLOSE') return false;
  if (!anonymous) return (await ctx.loaders.viewerBallot.load(id)) !== null;
  return (await ctx.loaders.viewerElector.load(id))?.participation === 'VOTED';
}

/** The results as far as the viewer may see them now; null where they may not, or where they are still being counted. */
export async function resultsOf(ctx: Context, poll: PollRow): Promise<Results | null> {
  const optionsOf = async () => ctx.loaders.optionsOf.load(poll.id);
  const byId = (options: readonly PollOptionRow[]) => new Map(options.map((option) => [option.id, option]));
  if (poll.isClosed()) {
    const made = await ctx.loaders.countById.load(poll.id);
    if (!made || !poll.outcome) return null;
    return {
      count: made.count as Count,
      outcome: poll.outcome,
      seed: made.seed ?? null,
      options: byId(await optionsOf()),
    };
  }
  if (poll.status !== 'OPEN' || !(await seesLive(ctx, poll))) return null;
  const options = await optionsOf();
  const made = await liveCount(ctx, poll, options);
  return made && { ...made, seed: null, options: byId(options) };
}

/** Whether the viewer sees who voted what, or what was voted: as soon as they see results, but of anonymous polls once they are counted. */
export async function seesBallots(ctx: Context, poll: PollRow): Promise<boolean> {
  if (poll.isClosed()) return poll.outcome !== null;
  return !poll.anonymous && poll.status === 'OPEN' && seesLive(ctx, poll);
}
