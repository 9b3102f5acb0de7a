import { AppError } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import { type BallotInput, readBallot } from '../ballot/ballot.content.ts';
import type { BallotContent } from '../ballot/ballot.entity.ts';
import type { NewOption } from '../option/option.write.ts';
import type { PollSettings } from '../poll/poll.input.ts';
import { type ImportedPoll, type ImportedVote, importedNomination, importedVote } from './import.format.ts';
import type { Matched } from './import.people.ts';
import { problemOf } from './import.read.ts';
import type { ImportedKind, Refusal } from './import.report.ts';

/** Says whom a text of the file means. */
export type Match = (reference: string) => Matched;
export type Refuse = (kind: ImportedKind, id: string, reason: string) => void;

/** What is wrong, for the report. */
export function reasonOf(error: AppError): string {
  const { fields } = error.details as { fields?: Record<string, string> };
  return fields
    ? Object.entries(fields)
        .map(([name, problem]) => `${name}: ${problem}`)
        .join('; ')
    : error.message;
}

/** Notes refusals of one poll. */
export const refuser =
  (refused: Refusal[], poll: string): Refuse =>
  (kind, id, reason) =>
    void refused.push({ poll, kind, id, reason });

/** The options of a poll under new ids; one whose nominee is unknown stands without. */
export function optionsOf(poll: ImportedPoll, match: Match, refuse: Refuse): NewOption[] {
  const seen = new Set<string>();
  const options: NewOption[] = [];
  for (const { id, title, description, nominee, noneOfTheAbove } of poll.options ?? []) {
    if (seen.has(id)) refuse('option', id, 'stands there twice');
    if (seen.has(id)) continue;
    seen.add(id);
    const matched = nominee ? match(nominee) : null;
    if (matched && 'problem' in matched) refuse('option', id, `${matched.problem}; it is taken without a nominee`);
    const nomineeId = matched && 'id' in matched ? matched.id : null;
    options.push({
      ...{ id: uuidv7(), externalKey: id, title, nomineeId },
      ...{ description: description ?? null, noneOfTheAbove: noneOfTheAbove ?? false },
    });
  }
  return options;
}

/** Reads each entry of a list by its format; one that breaks it is refused. */
function* entriesOf<Schema extends z.ZodType<{ id?: string | null | undefined }>>(
  kind: 'nomination' | 'vote',
  list: readonly unknown[],
  schema: Schema,
  refuse: Refuse,
): Generator<{ id: string; entry: z.output<Schema> }> {
  const seen = new Set<string>();
  for (const [index, raw] of list.entries()) {
    const result = schema.safeParse(raw);
    const given = (raw as { id?: unknown } | null)?.id;
    const id = typeof given === 'string' ? given : `number ${index + 1}`;
    if (!result.success) refuse(kind, id, problemOf(result.error));
    else if (seen.has(id)) refuse(kind, id, 'stands there twice');
    else {
      seen.add(id);
      yield { id, entry: result.data };
    }
  }
}

/** A vote that is ready to be stored. */
export interface NewVote {
  voterId: string;
  content: BallotContent;
  castAt: Date | null;
}

function ballotOf(vote: ImportedVote, ids: ReadonlyMap<string, string>): BallotInput {
  // An id that the poll does not have stays as it is, and the ballot is refused for it.
  const own = (externalId: string) => ids.get(externalId) ?? externalId;
  const { choices, ranking, scores, consent, reason, abstain } = vote;
  return {
    choices: choices?.map(own) ?? null,
    ranking: ranking?.map((rank) => (Array.isArray(rank) ? rank : [rank]).map(own)) ?? null,
    scores: scores ? Object.entries(scores).map(([option, score]) => ({ optionId: own(option), score })) : null,
    ...{ consent: consent ?? null, reason: reason ?? null, abstain: abstain ?? null },
  };
}

/** The votes of a poll, one for each person; all others are refused with the rule that they break. */
export function votesOf(
  poll: ImportedPoll,
  settings: PollSettings,
  options: readonly NewOption[],
  match: Match,
  refuse: Refuse,
): NewVote[] {
  const ids = new Map(options.map(({ id, externalKey }) => [externalKey as string, id as string]));
  const voting = { poll: { ...settings, id: '' } as never, options: new Set(ids.values()) };
  const votes = new Map<string, NewVote>();
  for (const { id, entry } of entriesOf('vote', poll.votes ?? [], importedVote, refuse)) {
    const voter = match(entry.voter);
    try {
      if ('problem' in voter) refuse('vote', id, voter.problem);
      else if (votes.has(voter.id)) refuse('vote', id, `${entry.voter} voted already`);
      else {
        const content = readBallot(ballotOf(entry, ids), voting);
        if (entry.scores && Object.values(entry.scores).some((score) => !Number.isInteger(score)))
          refuse('vote', id, 'scores must be whole numbers');
        else votes.set(voter.id, { voterId: voter.id, content, castAt: entry.castAt ?? null });
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse('vote', id, reasonOf(error));
    }
  }
  return [...votes.values()];
}

/** A nomination that is ready to be stored. */
export interface NewNomination extends Omit<z.output<typeof importedNomination>, 'nominee' | 'nominatedBy'> {
  nomineeId: string;
  nominatedBy: string;
}

/** The nominations of a poll, one for each nominee. */
export function nominationsOf(poll: ImportedPoll, match: Match, refuse: Refuse): NewNomination[] {
  const found = new Map<string, NewNomination>();
  for (const { id, entry } of entriesOf('nomination', poll.nominations ?? [], importedNomination, refuse)) {
    const { nominee, nominatedBy, ...rest } = entry;
    const [who, by] = [match(nominee), match(nominatedBy ?? nominee)];
    if ('problem' in who) refuse('nomination', id, who.problem);
    else if ('problem' in by) refuse('nomination', id, by.problem);
    else if (found.has(who.id)) refuse('nomination', id, `${nominee} is nominated already`);
    else found.set(who.id, { ...rest, nomineeId: who.id, nominatedBy: by.id });
  }
  return [...found.values()];
}
