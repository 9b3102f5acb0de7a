import { optionsAmong, shownContent } from '../domain/ballot/ballot.shown.ts';
import type {
  BallotContentResolvers,
  BallotResolvers,
  PublishedBallotResolvers,
  ReceiptCheckResolvers,
} from '../generated/graphql.ts';

export const Ballot: BallotResolvers = {
  poll: ({ pollId }, _, ctx) => ctx.loaders.pollById.load(pollId),
  voter: ({ voterId }) => ({ id: voterId }),
  content: (ballot, _, ctx) => shownContent(ctx, ballot),
  choices: async (ballot, _, ctx) => {
    const shown = ballot.content?.choices ? await shownContent(ctx, ballot) : null;
    return shown && optionsAmong(shown, shown.content.choices ?? []);
  },
};

export const BallotContent: BallotContentResolvers = {
  choices: ({ content, options }) => content.choices && optionsAmong({ options }, content.choices),
  ranking: ({ content, options }) => content.ranking?.map((rank) => optionsAmong({ options }, rank)) ?? null,
  scores: ({ content, options }) =>
    content.scores?.flatMap(({ option: id, score }) =>
      optionsAmong({ options }, [id]).map((option) => ({ option, score })),
    ),
  consent: ({ content }) => content.consent ?? null,
  reason: ({ content }) => content.reason ?? null,
  abstain: ({ content }) => content.abstain === true || content.consent === 'ABSTAIN',
};

export const PublishedBallot: PublishedBallotResolvers = {
  content: async (ballot, _, ctx) =>
    (await shownContent(ctx, ballot)) as NonNullable<Awaited<ReturnType<typeof shownContent>>>,
};

export const ReceiptCheck: ReceiptCheckResolvers = {
  counted: ({ missing }) => missing.length === 0,
  ballots: ({ found }) => found,
};
