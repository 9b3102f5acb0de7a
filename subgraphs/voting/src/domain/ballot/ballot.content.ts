import { text } from '@polity/kernel/domain/input';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import { type ElectionBallot, STANCES, type Stance } from '../../counting/types.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { allowsEqualRanks } from '../poll/poll.methods.ts';
import type { BallotContent } from './ballot.entity.ts';

/** What a voter gives, of which one kind fits the method. */
export interface BallotInput {
  choices?: readonly string[] | null;
  ranking?: readonly (readonly string[])[] | null;
  scores?: readonly { optionId: string; score: number }[] | null;
  consent?: Stance | null;
  reason?: string | null;
  abstain?: boolean | null;
}

type Rules = Pick<
  PollRow,
  'id' | 'method' | 'rule' | 'maxChoices' | 'minScore' | 'maxScore' | 'credits' | 'noneOfTheAbove'
>;

/** What a ballot is checked against: the poll and the ids of what stands in it. */
export interface Voting {
  poll: Rules;
  options: ReadonlySet<string>;
}

const KIND = {
  PLURALITY: 'choices',
  APPROVAL: 'choices',
  RANKED: 'ranking',
  SCORE: 'scores',
  CONSENT: 'consent',
} as const;
const KINDS = ['choices', 'ranking', 'scores', 'consent'] as const;

const refuse = (field: string, problem: string): never => {
  throw new InvalidInput({ [field]: problem });
};

/** Every option at most once, and none that the poll does not have. */
function known(field: string, ids: readonly string[], { options }: Voting): void {
  if (ids.length > options.size) refuse(field, 'names more options than there are');
  for (const id of ids) if (!options.has(id)) refuse(field, 'names an option that this poll does not have');
  if (new Set(ids).size < ids.length) refuse(field, 'names an option twice');
}

function choicesOf(choices: readonly string[], voting: Voting): BallotContent {
  const { method, maxChoices } = voting.poll;
  const most = maxChoices ?? (method === 'PLURALITY' ? 1 : voting.options.size);
  if (choices.length > most) refuse('choices', `must be at most ${most}`);
  known('choices', choices, voting);
  return { choices: [...choices].sort() };
}

function rankingOf(ranking: readonly (readonly string[])[], voting: Voting): BallotContent {
  if (ranking.length > voting.options.size) refuse('ranking', 'has more ranks than there are options');
  if (ranking.some((rank) => rank.length === 0)) refuse('ranking', 'skips a rank');
  if (ranking.some((rank) => rank.length > 1) && !allowsEqualRanks(voting.poll.rule))
    refuse('ranking', `must not have equal ranks: ${voting.poll.rule} knows none`);
  known('ranking', ranking.flat(), voting);
  return { ranking: ranking.map((rank) => [...rank].sort()) };
}

function scoresOf(scores: readonly { optionId: string; score: number }[], voting: Voting): BallotContent {
  const { minScore, maxScore, credits, rule } = voting.poll;
  const ids = scores.map(({ optionId }) => optionId);
  known('scores', ids, voting);
  const [least, most] = [minScore ?? 0, maxScore ?? Number.MAX_SAFE_INTEGER];
  if (scores.some(({ score }) => score < least || score > most))
    refuse('scores', `must be from ${least} to ${maxScore ?? 'any'}`);
  const cost = scores.reduce((sum, { score }) => sum + BigInt(score) ** 2n, 0n);
  if (rule === 'QUADRATIC' && credits && cost > BigInt(credits))
    refuse('scores', `cost more than ${credits}: each costs its square`);
  const given = scores.map(({ optionId, score }) => ({ option: optionId, score }));
  return { scores: given.sort((a, b) => (a.option < b.option ? -1 : 1)) };
}

function consentOf(consent: Stance, reason: string | null | undefined): BallotContent {
  if (!STANCES.includes(consent)) refuse('consent', 'is none of the stances');
  const said = z.object({ reason: text(2_000).nullish() }).safeParse({ reason });
  if (!said.success) refuse('reason', 'must be at most 2000 characters');
  const why = said.data?.reason || undefined;
  if (consent === 'BLOCK' && !why) refuse('reason', 'is needed to block');
  return { consent, ...(why && { reason: why }) };
}

/** The ballot in its one spelling. Throws InvalidInput that names the field and the rule that it breaks. */
export function readBallot(input: BallotInput, voting: Voting): BallotContent {
  const kind = KIND[voting.poll.method];
  for (const other of KINDS)
    if (other !== kind && input[other] != null) refuse(other, `does not go with ${voting.poll.method}`);
  if (input.abstain) {
    if (input[kind] != null) refuse('abstain', `does not go with ${kind}`);
    return kind === 'consent' ? consentOf('ABSTAIN', input.reason) : { abstain: true };
  }
  if (input.reason != null && kind !== 'consent') refuse('reason', 'goes with consent only');
  if (kind === 'choices' && input.choices) return choicesOf(input.choices, voting);
  if (kind === 'ranking' && input.ranking) return rankingOf(input.ranking, voting);
  if (kind === 'scores' && input.scores) return scoresOf(input.scores, voting);
  if (kind === 'consent' && input.consent) return consentOf(input.consent, input.reason);
  return refuse(kind, 'is needed, or abstain');
}

/** The ballot as the count reads it: an abstention says nothing of the kind that its rule reads. */
export function electionBallot(content: BallotContent, poll: Pick<PollRow, 'method'>, weight: number): ElectionBallot {
  const { abstain, reason: _said, ...votes } = content;
  return { ...(abstain ? { [KIND[poll.method]]: [] } : votes), weight };
}

/** Whether the ballot says nothing: an abstention, or a blank one. */
export function isBlank({ choices, ranking, scores, consent, abstain }: BallotContent): boolean {
  if (abstain || consent === 'ABSTAIN') return true;
  return consent === undefined && (choices ?? ranking ?? scores ?? []).length === 0;
}

// Field by field, so that the same ballot is the same text whatever read it from where.
const canonical = ({ choices, ranking, scores, consent, reason, abstain }: BallotContent): string =>
  JSON.stringify({
    ...(choices && { choices: [...choices].sort() }),
    ...(ranking && { ranking: ranking.map((rank) => [...rank].sort()) }),
    ...(scores && { scores: scores.map(({ option, score }) => ({ option, score })) }),
    ...(consent && { consent }),
    ...(reason && { reason }),
    ...(abstain && { abstain }),
  });

/** The ballot of a poll as one text. */
export const ballotText = (pollId: string, content: BallotContent): string => `${pollId}\n${canonical(content)}`;
